using Diffusion.Points;
using Diffusion.Rendering.Plotting;
using SkiaSharp;

namespace Diffusion.Rendering.Animation;

/// <summary>What an animation shows at each of its moments: the runs side by side, each with its title, its points and its time.</summary>
internal sealed class AnimationStage : IDisposable
{
    /// <summary>
    /// The most units along a side: larger pictures have larger units. Several runs are smaller, and their letters larger.
    /// </summary>
    private const float SingleSide = 480;
    private const float SideAmongOthers = 360;

    /// <summary>The fewest units: letters stay readable, and what has no room for its letters is left out.</summary>
    private const float SmallestSide = 240;
    private const float TextGap = 12;
    private const float Edge = 20;
    private const float HeaderHeight = 40;
    private const float FooterHeight = 40;
    private const float TitleSize = 18;
    private const float CaptionSize = 13;
    private const float ProgressWidth = 3;
    private const float GhostDiameter = 2.6f;

    /// <summary>The diameter of a point where there are a thousand; the more there are, the smaller they get.</summary>
    private const float PointDiameter = 3.2f;
    private const float SmallestPoint = 1;
    private const float LargestPoint = 6;
    private const double UsualCount = 1_000;

    /// <summary>How many frames a trail reaches back.</summary>
    private const int TrailLength = 6;

    /// <summary>How dark a trail is at its point.</summary>
    private const double TrailShare = 0.6;

    private readonly Owner _owner = new();
    private readonly IReadOnlyList<ReverseRun> _runs;
    private readonly AnimationOptions _options;
    private readonly PlotRange _range;
    private readonly PointColors[] _colors;
    private readonly DotStamp[][] _stamps;
    private readonly int[][] _shown;
    private readonly float _side;
    private readonly Picture _background;
    private readonly Picture _picture;

    public AnimationStage(IReadOnlyList<ReverseRun> runs, AnimationOptions options)
    {
        (_runs, _options) = (runs, options);
        _side = Math.Clamp(options.Size, SmallestSide, runs.Count == 1 ? SingleSide : SideAmongOthers);
        PointSet[] ends = [.. runs.Select(run => run.Frames[^1].Points)];
        _range = PlotRange.OfRun(runs[0].Frames[0].Points, options.Data is { } data ? [data, .. ends] : ends);
        _colors = [.. runs.Select(run => PointColors.Create(options.Coloring, run.Frames[0].Points, options.Theme))];
        _shown = [.. runs.Select(run => FrameChoice.Nearest([.. run.Frames.Select(frame => frame.Level)], options.Frames))];
        try
        {
            _stamps = [.. runs.Select((run, k) => _colors[k].Colors.Select(
                color => _owner.Keep(new DotStamp(color, DiameterOf(run.Frames[0].Points.Count) * DotShare * Scale))).ToArray())];
            _background = _owner.Keep(Picture.Draw(Width, _side, Scale, canvas => DrawBackground(new Sheet(canvas, options.Theme))));
            _picture = _owner.Keep(_background.Copy());
        }
        catch
        {
            _owner.Dispose();
            throw;
        }
    }

    private float Width => _side * _runs.Count;

    private float PlotSide => _side - HeaderHeight - FooterHeight;

    /// <summary>By how much dots are smaller than in the largest plot: their number stays the same.</summary>
    private float DotShare => MathF.Sqrt(PlotSide / (SingleSide - HeaderHeight - FooterHeight));

    private float Scale => _options.Size / _side;

    /// <summary>The width in pixels.</summary>
    public int PixelWidth => _background.Width;

    /// <summary>The height in pixels.</summary>
    public int PixelHeight => _background.Height;

    /// <summary>Whether a moment shows the same steps as another.</summary>
    public bool IsSame(int moment, int other) => _shown.All(shown => shown[moment] == shown[other]);

    /// <summary>Draws one of the moments.</summary>
    /// <returns>The picture, until the next one is drawn.</returns>
    public Picture Draw(int moment)
    {
        _picture.DrawAnew(_background, Scale, canvas =>
        {
            Sheet sheet = new(canvas, _options.Theme);
            for (int k = 0; k < _runs.Count; k++)
            {
                DrawRun(sheet, k, moment);
            }

            DrawProgress(sheet, (float)moment / (_options.Frames - 1));
        });
        return _picture;
    }

    public void Dispose() => _owner.Dispose();

    private static float DiameterOf(int count)
        => Math.Clamp((float)(PointDiameter * Math.Pow(UsualCount / count, 0.25)), SmallestPoint, LargestPoint);

    /// <summary>The room that t and ᾱ are given, so that what stands between them does not come and go.</summary>
    private static float LongestTime => Sheet.WidthOf("ᾱ = 0.99999", CaptionSize);

    /// <summary>Whether texts fit beside each other.</summary>
    private bool HasRoom(params float[] widths) => widths.Sum() + ((widths.Length - 1) * TextGap) <= _side - (2 * Edge);

    private SKRect PanelOf(int run) => SKRect.Create(run * _side, 0, _side, _side);

    private ScatterPlot PlotOf(Sheet sheet, int run)
        => new(sheet, _range, SKRect.Create((run * _side) + ((_side - PlotSide) / 2), HeaderHeight, PlotSide, PlotSide));

    /// <summary>What is the same at all moments.</summary>
    private void DrawBackground(Sheet sheet)
    {
        sheet.Fill(SKRect.Create(Width, _side), sheet.Theme.Paper);
        for (int k = 0; k < _runs.Count; k++)
        {
            SKRect panel = PanelOf(k);
            bool isAlone = _runs.Count == 1;
            (string title, string caption) = isAlone ? (_options.Title, _runs[k].Caption) : (_runs[k].Caption, _options.Title);
            sheet.Text(title, panel.Left + Edge, TitleSize + 10, TitleSize, sheet.Theme.Ink);
            if (k == _runs.Count - 1 && HasRoom(Sheet.WidthOf(title, TitleSize), Sheet.WidthOf(caption, CaptionSize)))
            {
                sheet.Text(caption, panel.Right - Edge, TitleSize + 9, CaptionSize, sheet.Theme.Muted, SKTextAlign.Right);
            }

            if (_options.Data is { } data)
            {
                sheet.Within(
                    Middle(panel),
                    () => sheet.Dots(
                        [.. PlotOf(sheet, k).Places(data).Where(ScatterPlot.IsSomewhere)],
                        sheet.Theme.Ghost, GhostDiameter * DotShare));
            }
        }
    }

    private void DrawRun(Sheet sheet, int run, int moment)
    {
        IReadOnlyList<Frame> frames = _runs[run].Frames;
        Frame frame = frames[_shown[run][moment]];
        ScatterPlot plot = PlotOf(sheet, run);
        SKRect panel = PanelOf(run);
        SKPoint[] places = plot.Places(frame.Points);
        int[] groups = _colors[run].GroupsOf(frame.Points);
        sheet.Within(Middle(panel), () =>
        {
            if (_options.HasTrails)
            {
                DrawTrails(sheet, plot, run, moment, groups);
            }

            sheet.InPixels(canvas =>
            {
                for (int i = 0; i < places.Length; i++)
                {
                    if (panel.Contains(places[i]))
                    {
                        _stamps[run][groups[i]].Draw(canvas, new SKPoint(places[i].X * Scale, places[i].Y * Scale));
                    }
                }
            });
        });
        float y = _side - 16;
        sheet.Text(MomentLabel.Time(frame.Level), panel.Left + Edge, y, CaptionSize, sheet.Theme.Muted);
        if (_runs.All(other => HasRoom(LongestTime, Sheet.WidthOf(StepLabel(other.Frames[^1], other), CaptionSize), LongestTime)))
        {
            sheet.Text(StepLabel(frame, _runs[run]), panel.MidX, y, CaptionSize, sheet.Theme.Muted, SKTextAlign.Center);
        }

        sheet.Text(MomentLabel.AlphaBar(frame.Level), panel.Right - Edge, y, CaptionSize, sheet.Theme.Muted, SKTextAlign.Right);
    }

    private static string StepLabel(Frame frame, ReverseRun run) => Invariant($"step {frame.Step} of {run.Frames[^1].Step}");

    /// <summary>Where points may be: between the lines of text.</summary>
    private static SKRect Middle(SKRect panel) => new(panel.Left, HeaderHeight - 4, panel.Right, panel.Bottom - FooterHeight + 6);

    /// <summary>The ways of the last frames as lines of a pixel, the oldest the faintest.</summary>
    private void DrawTrails(Sheet sheet, ScatterPlot plot, int run, int moment, int[] groups)
    {
        SKPoint[][] ways = [.. Enumerable.Range(Math.Max(0, moment - TrailLength), Math.Min(moment, TrailLength) + 1)
            .Select(k => plot.Places(_runs[run].Frames[_shown[run][k]].Points))];
        for (int k = 1; k < ways.Length; k++)
        {
            double share = TrailShare * (k + TrailLength - ways.Length + 1) / TrailLength;
            for (int group = 0; group < _colors[run].Colors.Count; group++)
            {
                SKColor color = Theme.Mix(sheet.Theme.Paper, _colors[run].Colors[group], share);
                sheet.Segments([.. Segments(ways[k - 1], ways[k], groups, group)], color, width: 0);
            }
        }
    }

    private static IEnumerable<SKPoint> Segments(SKPoint[] from, SKPoint[] to, int[] groups, int group)
        => Enumerable.Range(0, groups.Length)
            .Where(i => groups[i] == group && ScatterPlot.IsSomewhere(from[i]) && ScatterPlot.IsSomewhere(to[i]))
            .SelectMany(i => new[] { from[i], to[i] });

    private void DrawProgress(Sheet sheet, float done)
    {
        float y = _side - 8;
        sheet.Line(Edge, y, Width - Edge, y, sheet.Theme.Grid, ProgressWidth);
        sheet.Line(Edge, y, Edge + ((Width - (2 * Edge)) * done), y, sheet.Theme.Samples, ProgressWidth);
    }
}
