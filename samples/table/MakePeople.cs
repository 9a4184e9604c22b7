// Writes a table of 5,000 invented people to standard output, the same each time:
//     dotnet run samples/table/MakePeople.cs > samples/table/people.csv
// Six correlated columns, two of them skewed (income, commute) and one with two peaks (waking hour).

using System.Globalization;

const int Rows = 5_000;
Random random = new(1);
Console.WriteLine("height_cm,weight_kg,age,income,commute_min,waking_hour");
for (int row = 0; row < Rows; row++)
{
    double height = Normal();
    double weight = Mix(0.6, height);
    double age = Normal();
    double income = Mix(0.5, age);
    double commute = Mix(0.3, income);
    double waking = Mix(-0.4, age);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{172 + (9 * height):0.0},{74 + (12 * weight):0.0},{44 + (13 * age):0.0},{30_000 * Math.Exp(0.5 * income):0},"
            + $"{20 * Math.Exp(0.6 * commute):0.0},{7.2 + (1.3 * Math.Tanh(3 * waking)) + (0.3 * Normal()):0.00}"));
}

// A normal number whose correlation with another one is given.
double Mix(double correlation, double other) => (correlation * other) + (Math.Sqrt(1 - (correlation * correlation)) * Normal());

// Box and Muller.
double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
