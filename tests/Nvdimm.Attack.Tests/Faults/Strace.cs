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

    /// <summary>Calls that can be about a pipe: strace says of each which file it is about, which costs as much as the call.</summary>
    private static readonly string[] CallsOnPipes = ["read", "readv", "write", "writev"];

    /// <summary>A run that takes longer is looked at: it may wait for a thread that met a fault which no kernel makes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Runs it without a fault.</summary>
    public CommandRun Run() => Run(command, () => false)!;

    /// <summary>
    /// Runs it with a fault; null where it has ended without coming to it, or where a pipe of its own met it too. strace counts the calls of each
    /// thread by itself, so that this depends on which thread comes first. With a filter in the kernel strace sees the calls of this name only,
    /// which is faster; strace 6.1 then sends no signal (Linux 6.18), so that a kill does without.
    /// </summary>
    public CommandRun? Run(Fault fault)
    {
        string[] filter = fault.IsKill ? [] : ["--seccomp-bpf"];
        string[] names = CallsOnPipes.Contains(fault.Call, StringComparer.Ordinal) ? ["-y"] : [];
        string[] only = ["-e", $"trace={fault.Call}", "-e", "signal=none", "-e", fault.Expression];
        File.Delete(trace);
        var run = Run(["strace", "-f", .. names, .. filter, "-qq", "-o", trace, .. only, .. command], () => InjectedCalls().Any(IsOnOwnPipe));
        var isMade = fault.IsKill
            ? run?.Status == 137
            : InjectedCalls().ToList() is { Count: > 0 } injected && !injected.Exists(IsOnOwnPipe);
        return isMade ? run : null;
    }

    /// <summary>
    /// Every fault that it can meet: those of each system call once it has come to the work, which is the first one that names a text.
    /// </summary>
    public List<Fault> Faults(string work)
    {
        string[] all = ["strace", "-f", "-qq", "-s", "4096", "-o", trace, "-e", $"trace={SystemCalls.Traced}", "-e", "signal=none", .. command];
        var run = Run(all, () => false)!;
        Assert.That(run.IsToldByItself, Is.True, run.Text);
        var seen = new Dictionary<(string Thread, string Call), int>();
        var found = new List<Fault>();
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
            if (isWorking)
            {
                found.AddRange(SystemCalls.FaultsOf(call, number));
            }
        }

        return found.Distinct().ToList();
    }

    /// <summary>The lines of the trace with which the injected calls begin.</summary>
    private IEnumerable<string> InjectedCalls()
    {
        var begun = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.Exists(trace) ? File.ReadLines(trace) : [])
        {
            var begin = Begin().Match(line);
            var thread = line.Split(' ', 2)[0];
            if (begin.Success)
            {
                begun[thread] = line;
            }

            if (line.Contains("(INJECTED)", StringComparison.Ordinal))
            {
                yield return begun.GetValueOrDefault(thread, line);
            }
        }
    }

    /// <summary>
    /// Whether a call is about a pipe that the command has made for itself, or for a child of its own. A kernel has no reason to let it fail. One of
    /// these is that with which .NET starts a thread: the thread ends if it fails, and what it had to do is never done. The standard streams are files.
    /// </summary>
    private static bool IsOnOwnPipe(string line) => OwnPipe().IsMatch(line);

    /// <summary>Runs a command line; null where it does not end, and this is to be expected.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="isHangExpected">Tells whether a run that has not ended may wait without end for no fault of the command.</param>
    private CommandRun? Run(IReadOnlyList<string> line, Func<bool> isHangExpected)
    {
        var (output, error) = ($"{trace}.stdout", $"{trace}.stderr");
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("sh", ["-c", "output=$1 error=$2; shift 2; exec \"$@\" </dev/null >\"$output\" 2>\"$error\"", "sh", output, error, .. line])
            {
                UseShellExecute = false,
            },
        };
        foreach (var (name, value) in environment)
        {
            process.StartInfo.Environment[name] = value;
        }

        process.Start();
        if (!process.WaitForExit(Patience) && (isHangExpected() || !process.WaitForExit(TimeLimit - Patience)))
        {
            var isExpected = isHangExpected();
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            Assert.That(
                isExpected, Is.True, string.Create(CultureInfo.InvariantCulture, $"'{string.Join(' ', line)}' did not end within {TimeLimit.TotalSeconds} seconds"));
            return null;
        }

        return new CommandRun(process.ExitCode, File.ReadAllText(output) + File.ReadAllText(error));
    }

    [GeneratedRegex(@"^(?<thread>\d+) +(?<call>\w+)\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Begin();

    [GeneratedRegex(@"^\d+ +\w+\(\d+<(pipe|anon_inode):", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OwnPipe();
}
