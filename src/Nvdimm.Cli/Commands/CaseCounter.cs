using System.Globalization;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Programs;

namespace Nvdimm.Cli.Commands;

/// <summary>
/// Reports the progress of a check. It first prints what is checked and about how long that takes. On a terminal a progress bar then reads
/// its state; elsewhere it prints a line after each tenth of the cases.
/// </summary>
/// <param name="environment">The tool's environment; progress goes to its standard error.</param>
internal sealed class CaseCounter(ToolEnvironment environment) : IProgress<ConformanceProgress>
{
    private const int Lines = 10;

    // The time of one case on an otherwise idle machine with two processors: two QEMUs at a time, 0.2 s each.
    private static readonly TimeSpan ForEachCase = TimeSpan.FromMilliseconds(100);

    private readonly Lock access = new();
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ConformanceProgress last;
    private int lines;

    /// <summary>Completes when the first line has been printed. The bar must not start earlier, because that line would break it.</summary>
    public Task Begun => begun.Task;

    /// <summary>The part of the cases that are done, from 0 to 1.</summary>
    public double Fraction => Last is { Total: > 0 } progress ? (double)progress.Done / progress.Total : 0;

    /// <summary>The text before the bar.</summary>
    public string Text => Last is { Total: > 0 } progress
        ? $"{progress.Done} of {progress.Total} cases, {progress.Mismatches} differ"
        : "Asking libvirt and QEMU";

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

            // Cases end on several threads, so their reports may arrive out of order.
            last = value.Done >= last.Done ? value : last;
            while (!environment.IsErrorTerminal && value.Done * Lines >= (lines + 1) * value.Total && lines < Lines)
            {
                lines++;
                environment.Error.WriteLine($"  {lines * value.Total / Lines} of {value.Total} cases, {last.Mismatches} differ");
            }
        }
    }

    /// <summary>The first line: what is checked, and about how long it takes.</summary>
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
