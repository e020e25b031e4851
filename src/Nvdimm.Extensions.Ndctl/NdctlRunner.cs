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

    private static readonly string[] Arguments = ["list", "-N", "-v"];
    private readonly NdctlRunnerOptions options = options ?? new NdctlRunnerOptions();

    private string Command => $"{options.Program} {string.Join(' ', Arguments)}";

    /// <inheritdoc/>
    public async Task<NdctlListing> ListAsync(CancellationToken cancellationToken = default)
    {
        using var process = Start();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.TimeLimit);
        try
        {
            process.StandardInput.Close();
            using var output = new MemoryStream();
            var errors = ReadErrorsAsync(process.StandardError, limit.Token);
            await Task.WhenAll(ReadOutputAsync(process.StandardOutput.BaseStream, output, limit), errors, process.WaitForExitAsync(limit.Token)).ConfigureAwait(false);
            return Listing(process.ExitCode, output, await errors.ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NdctlException(Command, NdctlFailure.TimedOut, $"'{Command}' did not end within {options.TimeLimit.TotalSeconds:0.###} seconds");
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
        var program = ProgramPath.Find(options.Program) ?? throw NotStarted("no such file in PATH");
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, Arguments)
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
        new(Command, NdctlFailure.NotStarted, $"'{Command}' could not be started: {reason}. Is ndctl installed?", inner: inner);

    /// <summary>Reads standard output; where it is too much, gives up all that waits for the program, too.</summary>
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
                throw new NdctlException(Command, NdctlFailure.TooMuchOutput, $"'{Command}' printed more than {NdctlParser.MaximumCharacters} bytes");
            }
        }

        output.Position = 0;
    }

    private NdctlListing Listing(int exitStatus, MemoryStream output, string standardError)
    {
        if (exitStatus is not (0 or PartialStatus))
        {
            throw new NdctlException(
                Command, NdctlFailure.Failed, $"'{Command}' failed with exit status {exitStatus}: {standardError}", exitStatus, standardError);
        }

        var listing = NdctlParser.Parse(output);
        var findings = listing.Findings.ToList();
        if (exitStatus == PartialStatus)
        {
            findings.Add(Finding.Warning(NvdimmCodes.NdctlPartial, ("status", $"{exitStatus}"), ("stderr", standardError)));
        }

        if (!Environment.IsPrivilegedProcess)
        {
            findings.Add(Finding.Warning(NvdimmCodes.NdctlNotRoot));
        }

        return listing with
        {
            Devices = listing.Devices.Select(WithUse).ToValueList(),
            Findings = findings.ToValueList(),
            IsComplete = listing.IsComplete && exitStatus == 0,
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
}
