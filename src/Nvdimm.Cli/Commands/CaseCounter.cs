using System.Globalization;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Programs;

namespace Nvdimm.Cli.Commands;

/// <summary>
/// Tells how far a check is: first what is checked and about how long it takes. Then a progress bar asks it on a terminal; elsewhere it writes a
/// line after each tenth of the cases.
/// </summary>
/// <param name="environment">Where to.</param>
internal sealed class CaseCounter(ToolEnvironment environment) : IProgress<ConformanceProgress>
{
    private const int Lines = 10;

    // What a case takes on a machine with two processors that does nothing else: two QEMUs at a time, 0.2 s each.
    private static readonly TimeSpan ForEachCase = TimeSpan.FromMilliseconds(100);

    private readonly Lock access = new();
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ConformanceProgress last;
    private int lines;

    /// <summary>Ends when it is said what is checked: a bar that was there before would be torn by it.</summary>
    public Task Begun => begun.Task;

    /// <summary>From 0 to 1.</summary>
    public double Fraction => Last is { Total: > 0 } known ? (double)known.Done / known.Total : 0;

    /// <summary>What stands before the bar.</summary>
    public string Text => Last is { Total: > 0 } known ? $"{known.Done} of {known.Total} cases, {known.Mismatches} differ" : "Asking libvirt and QEMU";

    private ConformanceProgress Last
    {
        get
        {
            lock (access)
            {
                return last;
            }
        }
    }

    /// <inheritdoc/>
    public void Report(ConformanceProgress value)
    {
        lock (access)
        {
            if (value.Programs is { } programs)
            {
                environment.Error.WriteLine(Printable.Text(Beginning(programs, value.Total)));
                begun.TrySetResult();
            }

            // Cases end on several threads, and their reports may overtake each other.
            last = value.Done >= last.Done ? value : last;
            while (!environment.IsErrorTerminal && value.Done * Lines >= (lines + 1) * value.Total && lines < Lines)
            {
                lines++;
                environment.Error.WriteLine($"  {lines * value.Total / Lines} of {value.Total} cases, {last.Mismatches} differ");
            }
        }
    }

    /// <summary>What is checked, and about how long it takes.</summary>
    internal static string Beginning(ValueList<ProbedProgram> programs, int cases)
    {
        var others = programs.Where(program => Guest(program) is null).Select(program => $"{program.Name} {program.Version}");
        var qemus = programs.Where(program => Guest(program) is not null).GroupBy(program => program.Version, StringComparer.Ordinal)
            .Select(version => $"QEMU {version.Key} for {string.Join(" and ", version.Select(Guest))}");
        return $"Checking {string.Join(" and ", others.Concat(qemus))}: {cases} cases, about {Duration(cases * ForEachCase)}.";
    }

    private static string? Guest(ProbedProgram program) => program.Name.Split(' ') is ["qemu", var guest] ? guest : null;

    private static string Duration(TimeSpan time) => time < TimeSpan.FromMinutes(1) ? "a minute"
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalMinutes):0} minutes");
}
