using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Nvdimm.Cli.Terminal;

namespace Nvdimm.Attack.Tests.Faults;

/// <summary>Runs a command under strace, which sees its system calls and makes one fail.</summary>
/// <param name="command">The program and its arguments.</param>
/// <param name="environment">Variables that it gets beside ours.</param>
/// <param name="trace">A file for what strace sees.</param>
internal sealed partial class Strace(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, string trace)
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    /// <summary>After this time a program that still runs may wait for a thread that met a fault which no kernel makes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Runs it without a fault.</summary>
    public CommandRun Run() => Run(command, () => false)!;

    /// <summary>
    /// Runs it with a fault; null where it has ended without coming to it, or where a pipe between its own threads met it. strace counts the calls of
    /// each thread by itself, so that this depends on which thread comes first. With a filter in the kernel strace sees the calls of this name only,
    /// which is faster; strace 6.1 then sends no signal (Linux 6.18), so that a kill does without.
    /// </summary>
    public CommandRun? Run(Fault fault)
    {
        string[] filter = fault.IsKill ? [] : ["--seccomp-bpf"];
        string[] only = ["-e", $"trace={fault.Call}", "-e", "signal=none", "-e", fault.Expression];
        if (Run(["strace", "-f", "-y", .. filter, "-qq", "-o", trace, .. only, .. command], () => Injected().Any(OwnPipe().IsMatch)) is not { } run)
        {
            return null;
        }

        var isMade = fault.IsKill ? run.Status == 137 : Injected().Any(line => !OwnPipe().IsMatch(line));
        return isMade ? run : null;
    }

    /// <summary>
    /// Every fault that it can meet: those of each system call once it has come to the work, which is the first one that names a text.
    /// </summary>
    public List<Fault> Faults(string work)
    {
        var run = Run(["strace", "-f", "-y", "-qq", "-s", "4096", "-o", trace, "-e", $"trace={SystemCalls.Traced}", "-e", "signal=none", .. command], () => false)!;
        Assert.That(run.IsToldByItself, Is.True, run.Text);
        var seen = new Dictionary<(string Thread, string Call), int>();
        var found = new List<(string Call, int Occurrence)>();
        var isWorking = false;
        foreach (var line in File.ReadLines(trace))
        {
            if (Begin().Match(line) is not { Success: true } begin)
            {
                continue;
            }

            var call = begin.Groups["call"].Value;
            var number = seen[(begin.Groups["thread"].Value, call)] = seen.GetValueOrDefault((begin.Groups["thread"].Value, call)) + 1;
            isWorking |= call != "execve" && line.Contains(work, StringComparison.Ordinal);
            if (isWorking && !OwnPipe().IsMatch(line))
            {
                found.Add((call, number));
            }
        }

        return found.Distinct().SelectMany(call => SystemCalls.FaultsOf(call.Call, call.Occurrence)).ToList();
    }

    /// <summary>What strace has made to fail.</summary>
    private IEnumerable<string> Injected() => File.ReadLines(trace).Where(line => line.Contains("(INJECTED)", StringComparison.Ordinal));

    /// <summary>Runs a command line; null where it waits and there is no use in waiting longer.</summary>
    private CommandRun? Run(IReadOnlyList<string> line, Func<bool> isInVain)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(line[0], line.Skip(1))
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        foreach (var (name, value) in environment)
        {
            process.StartInfo.Environment[name] = value;
        }

        process.Start();
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience) && (isInVain() || !process.WaitForExit(TimeLimit - Patience)))
        {
            process.Kill(entireProcessTree: true);
            if (isInVain())
            {
                return null;
            }

            Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"'{string.Join(' ', line)}' did not end within {TimeLimit.TotalSeconds} seconds"));
        }

        return new CommandRun(process.ExitCode, $"{output.GetAwaiter().GetResult()}{error.GetAwaiter().GetResult()}");
    }

    [GeneratedRegex(@"^(?<thread>\d+) +(?<call>\w+)\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Begin();

    /// <summary>
    /// A call about a pipe that the process has made for itself, which the kernel has no reason to let fail: one of .NET with which a thread starts
    /// another, for example, whose failure ends the new thread and what it had to do.
    /// </summary>
    [GeneratedRegex(@"^\d+ +\w+\((?![012]<)\d+<(pipe|anon_inode):", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OwnPipe();
}
