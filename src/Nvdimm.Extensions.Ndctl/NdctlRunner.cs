using System.ComponentModel;
using System.Diagnostics;
using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>Runs ndctl on this host, and adds to its listing what only the host can say of each device.</summary>
/// <param name="options">How it is run; null for the defaults.</param>
/// <param name="useReader">Asks the host whether a device is read-only or in use; null where nobody can be asked.</param>
public sealed class NdctlRunner(NdctlRunnerOptions? options = null, IDeviceUseReader? useReader = null) : INdctlRunner
{
    // pmem/ndctl v81, ndctl/list.c: an entry that cannot be converted makes the command return -ENOMEM, which is 244 as exit status.
    private const int PartialStatus = 244;
    private const int MaximumErrorCharacters = 4096;

    private static readonly string[] ListArguments = ["list", "-N", "-v"];

    /// <summary>Everything that ndctl can list: buses, DIMMs, regions, namespaces, idle ones included.</summary>
    private static readonly string[] KeyArguments = ["list", "-B", "-D", "-R", "-N", "-i", "-v"];

    private static readonly string[] VersionArguments = ["--version"];

    private readonly NdctlRunnerOptions options = options ?? new NdctlRunnerOptions();

    /// <inheritdoc/>
    public Task<NdctlListing> ListAsync(CancellationToken cancellationToken = default) => RunAsync(ListArguments, ListingOf, cancellationToken);

    /// <summary>
    /// Whether the installed ndctl prints what the parser knows: its version, and every key of what it lists of this host, idle devices
    /// included.
    /// </summary>
    /// <exception cref="NdctlException">ndctl could not be run, did not end in time, or failed as a whole.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<NdctlCheck> CheckAsync(CancellationToken cancellationToken = default)
    {
        var version = await RunAsync(VersionArguments, VersionOf, cancellationToken).ConfigureAwait(false);
        var listing = await RunAsync(KeyArguments, Parse, cancellationToken).ConfigureAwait(false);
        return NdctlCheck.Of(version, listing);
    }

    private async Task<T> RunAsync<T>(string[] arguments, Func<FinishedRun, MemoryStream, T> read, CancellationToken cancellationToken)
    {
        var command = $"{options.Program} {string.Join(' ', arguments)}";
        using var process = Start(command, arguments);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.TimeLimit);
        try
        {
            process.StandardInput.Close();
            using var output = new MemoryStream();
            var errors = ReadErrorsAsync(process.StandardError, limit.Token);
            await Task.WhenAll(
                ReadOutputAsync(command, process.StandardOutput.BaseStream, output, limit), errors, process.WaitForExitAsync(limit.Token)).ConfigureAwait(false);
            return read(new FinishedRun(command, process.ExitCode, await errors.ConfigureAwait(false)), output);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NdctlException(command, NdctlFailure.TimedOut, $"'{command}' did not end within {options.TimeLimit.TotalSeconds:0.###} seconds");
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

    private Process Start(string command, string[] arguments)
    {
        var program = ProgramPath.Find(options.Program) ?? throw NotStarted(command, "no such file in PATH");
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
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
            throw NotStarted(command, notStarted.Message, notStarted);
        }
    }

    private static NdctlException NotStarted(string command, string reason, Exception? inner = null) =>
        new(command, NdctlFailure.NotStarted, $"'{command}' could not be started: {reason}. Is ndctl installed?", inner: inner);

    /// <summary>Reads standard output; where it is too much, gives up all that waits for the program, too.</summary>
    private static async Task ReadOutputAsync(string command, Stream stream, MemoryStream output, CancellationTokenSource limit)
    {
        var chunk = new byte[64 << 10];
        int read;
        while ((read = await stream.ReadAsync(chunk, limit.Token).ConfigureAwait(false)) > 0)
        {
            await output.WriteAsync(chunk.AsMemory(0, read), limit.Token).ConfigureAwait(false);
            if (output.Length > NdctlParser.MaximumCharacters)
            {
                await limit.CancelAsync().ConfigureAwait(false);
                throw new NdctlException(command, NdctlFailure.TooMuchOutput, $"'{command}' printed more than {NdctlParser.MaximumCharacters} bytes");
            }
        }

        output.Position = 0;
    }

    // pmem/ndctl v81, util/main.c and Documentation/ndctl/ndctl.txt: --version prints the version alone; distributors add to it.
    private static string VersionOf(FinishedRun run, MemoryStream output)
    {
        using var reader = new StreamReader(output);
        var version = reader.ReadLine()?.Trim();
        return run.ExitStatus != 0
            ? throw run.Failed()
            : string.IsNullOrEmpty(version) || !char.IsAsciiDigit(version[0]) || version.Length > 100
                ? throw new NdctlException(run.Command, NdctlFailure.Failed, $"'{run.Command}' names no version", run.ExitStatus, run.Error)
                : version;
    }

    private static NdctlListing Parse(FinishedRun run, MemoryStream output)
    {
        if (run.ExitStatus is not (0 or PartialStatus))
        {
            throw run.Failed();
        }

        var listing = NdctlParser.Parse(output);
        return run.ExitStatus == PartialStatus
            ? listing with
            {
                Findings = [.. listing.Findings, Finding.Warning(NvdimmCodes.NdctlPartial, ("status", $"{run.ExitStatus}"), ("stderr", run.Error))],
                IsComplete = false,
            }
            : listing;
    }

    private NdctlListing ListingOf(FinishedRun run, MemoryStream output)
    {
        var listing = Parse(run, output);
        var findings = listing.Findings.ToList();
        if (!Environment.IsPrivilegedProcess)
        {
            findings.Add(Finding.Warning(NvdimmCodes.NdctlNotRoot));
        }

        return listing with
        {
            Devices = listing.Devices.Select(WithUse).ToValueList(),
            Findings = findings.ToValueList(),
        };
    }

    private NvdimmDevice WithUse(NvdimmDevice device)
    {
        if (useReader is null || device.Path is null)
        {
            return device;
        }

        try
        {
            return device.WithUse(useReader.Read(device.Path));
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            return device.With(Finding.Warning(NvdimmCodes.HostUseUnknown, ("device", device.Name), ("reason", unread.Message)));
        }
    }

    /// <summary>A process that ended by itself.</summary>
    private readonly record struct FinishedRun(string Command, int ExitStatus, string Error)
    {
        public NdctlException Failed() =>
            new(Command, NdctlFailure.Failed, $"'{Command}' failed with exit status {ExitStatus}: {Error}", ExitStatus, Error);
    }
}
