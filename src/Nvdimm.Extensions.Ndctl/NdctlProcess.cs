using System.ComponentModel;
using System.Diagnostics;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>Runs a program and reads its standard output, with a time limit and at most as many bytes as a listing may have.</summary>
/// <param name="program">A path, or a name that is searched for in the absolute folders of PATH.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="timeLimit">The time after which it is killed.</param>
internal sealed class NdctlProcess(string program, IReadOnlyList<string> arguments, TimeSpan timeLimit)
{
    private const int MaximumErrorCharacters = 4096;

    private string Command => $"{program} {string.Join(' ', arguments)}";

    /// <summary>Runs the program to its end.</summary>
    /// <exception cref="NdctlException">It could not be run, did not end in time, or printed too much.</exception>
    public async Task<FinishedRun> RunAsync(CancellationToken cancellationToken)
    {
        using var process = Start();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeLimit);
        var output = new MemoryStream();
        try
        {
            process.StandardInput.Close();
            var errors = ReadErrorsAsync(process.StandardError, limit.Token);
            await Task.WhenAll(
                ReadOutputAsync(process.StandardOutput.BaseStream, output, limit),
                errors,
                process.WaitForExitAsync(limit.Token)).ConfigureAwait(false);
            return new FinishedRun(Command, process.ExitCode, output, await errors.ConfigureAwait(false));
        }
        catch (OperationCanceledException cancelled) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancelled.Message, cancelled, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            throw new NdctlException(
                Command, NdctlFailure.TimedOut, $"'{Command}' did not end within {timeLimit.TotalSeconds:0.###} seconds");
        }
        finally
        {
            End(process);
        }
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<string> ReadErrorsAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var kept = new char[MaximumErrorCharacters];
        var length = await reader.ReadBlockAsync(kept, cancellationToken).ConfigureAwait(false);
        var rest = new char[MaximumErrorCharacters];
        while (await reader.ReadAsync(rest, cancellationToken).ConfigureAwait(false) > 0)
        {
        }

        return new string(kept, 0, length).Trim();
    }

    private Process Start()
    {
        var path = ProgramPath.Find(program) ?? throw NotStarted("no such file in PATH");
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
            throw NotStarted(notStarted.Message, notStarted);
        }
    }

    private NdctlException NotStarted(string reason, Exception? inner = null) =>
        new(
            Command,
            NdctlFailure.NotStarted,
            $"'{Command}' could not be started: {reason}. Is {Path.GetFileName(program)} installed?",
            inner: inner);

    /// <summary>Reads standard output. If it is too much, everything else that waits for the program is cancelled.</summary>
    private async Task ReadOutputAsync(Stream stream, MemoryStream output, CancellationTokenSource limit)
    {
        var chunk = new byte[64 << 10];
        int read;
        while ((read = await stream.ReadAsync(chunk, limit.Token).ConfigureAwait(false)) > 0)
        {
            await output.WriteAsync(chunk.AsMemory(0, read), limit.Token).ConfigureAwait(false);
            if (output.Length > NdctlParser.MaximumCharacters)
            {
                await limit.CancelAsync().ConfigureAwait(false);
                throw new NdctlException(
                    Command, NdctlFailure.TooMuchOutput, $"'{Command}' printed more than {NdctlParser.MaximumCharacters} bytes");
            }
        }

        output.Position = 0;
    }
}
