// A web service that samples: /sample gives points, /reverse.gif the way that noise takes to them, / a page that shows both.
// --Model FILE.onnx names another model, --Queue 64 how many requests may wait.
using System.Globalization;
using Diffusion;
using Diffusion.Points;
using Diffusion.Rendering;
using Diffusion.Rendering.Animation;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;

const int MostPoints = 10_000;
const int AnimationSteps = 100;
const string Sampling = "sampling";

WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
string model = builder.Configuration["Model"] ?? Path.Combine(AppContext.BaseDirectory, "models", "moons.onnx");
int queue = builder.Configuration.GetValue("Queue", 64);

// As many requests work at once as there are processors, some more wait, the others are asked to come back.
builder.Services.AddRateLimiter(limits =>
{
    limits.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
    limits.OnRejected = (context, _) =>
    {
        context.HttpContext.Response.Headers.RetryAfter = "1";
        return ValueTask.CompletedTask;
    };
    limits.AddConcurrencyLimiter(Sampling, limit => (limit.PermitLimit, limit.QueueLimit) = (Environment.ProcessorCount, queue));
});

// What is wrong with a request is said in the body of the answer, whoever finds it.
builder.Services.AddProblemDetails();

using DiffusionSampler? sampler = Load(model);
if (sampler is null)
{
    return 2;
}

await using WebApplication app = builder.Build();
app.UseStatusCodePages();
app.UseDefaultFiles();
app.UseStaticFiles();
app.UseRateLimiter();

app.MapGet("/sample", (int? n, ulong? seed, CancellationToken left) => Answer(async () =>
{
    SamplerOptions options = Options(n, seed);
    PointSet points = await Task.Run(() => sampler.Sample(n ?? 1_000, options, cancellationToken: left), left);
    return Results.Ok(Enumerable.Range(0, points.Count).Select(i => points[i].ToArray()));
})).RequireRateLimiting(Sampling);

app.MapGet("/reverse.gif", (int? n, ulong? seed, HttpContext context) => Answer(async () =>
{
    SamplerOptions options = Options(n, seed) with { Steps = AnimationSteps };
    AnimationOptions look = new() { Title = sampler.Card.Data.Name };
    IReadOnlySet<int> shown = FrameChoice.Of(options.BuildTableau(sampler.Card.Schedule), sampler.Card.Schedule);
    List<Frame> frames = [];
    await foreach (Frame frame in sampler.StreamAsync(n ?? 1_000, options, context.RequestAborted))
    {
        if (shown.Contains(frame.Step))
        {
            frames.Add(frame);
        }
    }

    ReverseRun run = new(string.Create(CultureInfo.InvariantCulture, $"{options.Solver.Name}, {AnimationSteps} steps"), frames);
    return Results.Stream(
        body => Task.Run(() =>
        {
            // Frames are sent as they are drawn.
            context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
            using BufferedStream buffered = new(body);
            ReverseAnimation.WriteGif(buffered, [run], look, context.RequestAborted);
        }, context.RequestAborted),
        "image/gif");
})).RequireRateLimiting(Sampling);

await app.RunAsync();
return 0;

static DiffusionSampler? Load(string model)
{
    try
    {
        return DiffusionSampler.Load(model);
    }
    catch (DiffusionException exception)
    {
        Console.Error.WriteLine($"error: {exception.Message} Name another one with --Model.");
        return null;
    }
}

static SamplerOptions Options(int? n, ulong? seed) => n is < 1 or > MostPoints
    ? throw new DiffusionException($"n must be from 1 to {MostPoints}, was {n}.")
    : new SamplerOptions { Solver = KnownSolvers.Default, Seed = seed ?? 0, Threads = 1 };

static async Task<IResult> Answer(Func<Task<IResult>> work)
{
    try
    {
        return await work();
    }
    catch (DiffusionException exception)
    {
        return Results.Problem(exception.Message, statusCode: StatusCodes.Status400BadRequest);
    }
    catch (OperationCanceledException)
    {
        // Nobody is there to read it.
        return Results.StatusCode(StatusCodes.Status499ClientClosedRequest);
    }
}
