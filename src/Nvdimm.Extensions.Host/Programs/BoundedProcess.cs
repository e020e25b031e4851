using System.ComponentModel;
using System.Diagnostics;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>Runs a program with limits on its time and its output. Neither the program nor its children outlive the call.</summary>
internal static class BoundedProcess
{
    public const int MaximumErrorCharacters = 4096;
    private const int MaximumOutputCharacters = 1 << 20;

    /// <summary>Runs the program to its end.</summary>
    /// <param name="program">A path, or a name that is looked up in PATH.</param>
    /// <param name="arguments">The arguments, passed without a shell.</param>
    /// <param name="input">The program's standard input, which then ends.</param>
    /// <param name="timeLimit">The time limit.</param>
    /// <param name="cancellationToken">Ends the program early.</param>
    /// <exception cref="ProbeException">The program did not start, did not end in time, or printed too much.</exception>
    public static async Task<ProcessOutcome> RunAsync(
        string program, IReadOnlyList<string> arguments, string input, TimeSpan timeLimit, CancellationToken cancellationToken)
    {
        var command = ShellWords.Join([program, .. arguments]);
        using var process = Start(program, arguments, command);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeLimit);
        try
        {
            var written = WriteAsync(process.StandardInput, input, limit.Token);
            var errors = ReadAsync(process.StandardError, MaximumErrorCharacters, limit.Token);
            var output = ReadAsync(process.StandardOutput, MaximumOutputCharacters, limit.Token);
            await Task.WhenAll(written, errors, output, process.WaitForExitAsync(limit.Token)).ConfigureAwait(false);
            var (text, isCut) = await output.ConfigureAwait(false);
            return isCut
                ? throw new ProbeException(
                    command, ProbeFailure.TooMuchOutput, $"'{command}' printed more than {MaximumOutputCharacters} characters")
                : new ProcessOutcome(command, process.ExitCode, text, (await errors.ConfigureAwait(false)).Text.Trim());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProbeException(
                command, ProbeFailure.TimedOut, $"'{command}' did not end within {timeLimit.TotalSeconds:0.###} seconds");
        }
        finally
        {
            await EndAsync(process).ConfigureAwait(false);
        }
    }

    private static Process Start(string program, IReadOnlyList<string> arguments, string command)
    {
        var path = ProgramPath.Find(program)
            ?? throw new ProbeException(command, ProbeFailure.NotStarted, $"'{program}' could not be started: no such file in PATH");
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(path, arguments)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.StartInfo.Environment["LC_ALL"] = "C";
        try
        {
            process.Start();
            return process;
        }
        catch (Win32Exception notStarted)
        {
            process.Dispose();
            throw new ProbeException(
                command, ProbeFailure.NotStarted, $"'{program}' could not be started: {notStarted.Message}", inner: notStarted);
        }
    }

    /// <summary>Writes standard input. If a program closes it early, only its output counts, not what it did not read.</summary>
    private static async Task WriteAsync(StreamWriter writer, string text, CancellationToken cancellationToken)
    {
        try
        {
            await writer.WriteAsync(text.AsMemory(), cancellationToken).ConfigureAwait(false);
            writer.Close();
        }
        catch (IOException)
        {
            await writer.BaseStream.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Reads to the end, and keeps the first characters.</summary>
    private static async Task<(string Text, bool IsCut)> ReadAsync(StreamReader reader, int maximum, CancellationToken cancellationToken)
    {
        var kept = new char[maximum];
        var length = await reader.ReadBlockAsync(kept, cancellationToken).ConfigureAwait(false);
        var rest = new char[MaximumErrorCharacters];
        var isCut = false;
        while (await reader.ReadAsync(rest, cancellationToken).ConfigureAwait(false) > 0)
        {
            isCut = true;
        }

        return (new string(kept, 0, length), isCut);
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}

/// <summary>The outcome of a process that ended by itself.</summary>
/// <param name="Command">The command line, quoted for a shell.</param>
/// <param name="ExitStatus">The exit status; 128 and more if a signal ended it.</param>
/// <param name="Output">The standard output.</param>
/// <param name="Error">The standard error, trimmed, up to 4,096 characters.</param>
internal sealed record ProcessOutcome(string Command, int ExitStatus, string Output, string Error)
{
    private const string Prefix = "error:";

    /// <summary>The standard error on one line. virsh starts each of its lines with "error: ".</summary>
    private string Reason => string.Join(
        "; ",
        Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.StartsWith(Prefix, StringComparison.Ordinal) ? line[Prefix.Length..].TrimStart() : line)
            .Select(line => line.TrimEnd('.'))
            .Where(line => line.Length > 0)
            .Distinct(StringComparer.Ordinal));

    public ProbeException Exception(ProbeFailure failure, string what) =>
        new(Command, failure, $"'{Command}' {what}{(Reason.Length == 0 ? "" : $": {Reason}")}", ExitStatus, Error);
}
