// A web service that samples: /sample gives points, /reverse.gif the way that noise takes to them, / a page that shows both.
// --Model FILE.onnx names another model, --Queue 64 how many requests may wait.
using System.Threading.RateLimiting;
using Diffusion;
using Diffusion.Points;
using Diffusion.Rendering;
using Diffusion.Rendering.Animation;
using Diffusion.Sampling;
using Diffusion.Solvers;

const int MostPoints = 10_000;
const int AnimationSteps = 100;

WebApplicationBuilder builder = WebApplication.CreateBuilder(
    new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
string model = builder.Configuration["Model"] ?? Path.Combine(AppContext.BaseDirectory, "models", "moons.onnx");
int queue = builder.Configuration.GetValue("Queue", 64);

// As many requests work at once as there are processors, some more wait, the others are asked to come back. Who works
// holds a place until the answer is made, not until it is read: slow readers keep nobody waiting.
await using ConcurrencyLimiter places = new(new ConcurrencyLimiterOptions { PermitLimit = Environment.ProcessorCount, QueueLimit = queue });

// What is wrong with a request is said in the body of the answer, whoever finds it.
builder.Services.AddProblemDetails();

using DiffusionSampler? sampler = Load(model);
if (sampler is null)
{
    return 2;
}

// Each request works on one thread; the processors are shared by requests, not by parts of one.
ExecutionOptions execution = new() { Threads = 1 };
SamplingPlan animated = sampler.CreatePlan(steps: Math.Min(AnimationSteps, sampler.Card.Schedule.TrainTimesteps));
IReadOnlySet<int> shown = FrameChoice.Of(animated.Tableau);

await using WebApplication app = builder.Build();
app.UseStatusCodePages();
app.UseDefaultFiles();
app.UseStaticFiles();

app.MapGet("/sample", (int? n, ulong? seed, HttpContext context) => Answer(context, left =>
{
    PointSet points = sampler.Sample(Job(n, seed), execution, cancellationToken: left);
    return Results.Ok(Enumerable.Range(0, points.Count).Select(i => points[i].ToArray()));
}));

app.MapGet("/reverse.gif", (int? n, ulong? seed, HttpContext context) => Answer(context, left =>
{
    List<Frame> frames =
        [.. sampler.Frames(Job(n, seed) with { Plan = animated }, execution, left).Where(frame => shown.Contains(frame.Step))];
    ReverseRun run = new(animated.Caption, frames);
    using MemoryStream gif = new();
    ReverseAnimation.WriteGif(gif, [run], new AnimationOptions { Title = sampler.Card.Data.Name }, left);
    return Results.Bytes(gif.ToArray(), "image/gif");
}));

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
        Console.Error.WriteLine($"error: {exception.Message} Specify another model with --Model.");
        return null;
    }
}

static SamplingJob Job(int? n, ulong? seed) => n is < 1 or > MostPoints
    ? throw new BadHttpRequestException($"n must be between 1 and {MostPoints}; was {n}.")
    : new SamplingJob { Count = n ?? 1_000, Seed = seed ?? 0 };

async Task<IResult> Answer(HttpContext context, Func<CancellationToken, IResult> work)
{
    CancellationToken left = context.RequestAborted;
    try
    {
        using RateLimitLease place = await places.AcquireAsync(1, left);
        if (!place.IsAcquired)
        {
            context.Response.Headers.RetryAfter = "1";
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        return await Task.Run(() => work(left), left);
    }
    catch (BadHttpRequestException exception)
    {
        return Results.Problem(exception.Message, statusCode: exception.StatusCode);
    }
    catch (DiffusionException exception)
    {
        // The request was good, the model is not.
        return Results.Problem(exception.Message);
    }
    catch (OperationCanceledException)
    {
        // Nobody is there to read it.
        return Results.StatusCode(StatusCodes.Status499ClientClosedRequest);
    }
}
