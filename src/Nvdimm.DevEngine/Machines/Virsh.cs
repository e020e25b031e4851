using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.DevEngine.Machines;

/// <summary>Calls the libvirt of this machine through <c>virsh</c>: every call has a time limit, and no shell is used.</summary>
/// <param name="options">The engine's options, with the libvirt connection.</param>
internal sealed class Virsh(DevEngineOptions options)
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    /// <summary>Whether a libvirt connection is configured.</summary>
    public bool IsConfigured => options.Libvirt is not null;

    /// <summary>Starts a transient domain, which disappears when it stops.</summary>
    /// <exception cref="MachineException">libvirt failed to start the domain.</exception>
    public Task CreateAsync(string domainXml, bool isPaused, CancellationToken cancellationToken) =>
        RunAsync(["create", "--file", "/dev/stdin", .. isPaused ? ["--paused"] : Array.Empty<string>()], domainXml, cancellationToken);

    /// <summary>Stops a domain at once.</summary>
    /// <exception cref="MachineException">libvirt failed to stop the domain.</exception>
    public Task DestroyAsync(string domain, CancellationToken cancellationToken) => RunAsync(["destroy", domain], "", cancellationToken);

    /// <summary>Asks a guest to shut down.</summary>
    /// <exception cref="MachineException">libvirt failed to ask the guest.</exception>
    public Task ShutdownAsync(string domain, CancellationToken cancellationToken) => RunAsync(["shutdown", domain], "", cancellationToken);

    /// <summary>Lets a paused domain run.</summary>
    /// <exception cref="MachineException">libvirt failed to resume the domain.</exception>
    public Task ResumeAsync(string domain, CancellationToken cancellationToken) => RunAsync(["resume", domain], "", cancellationToken);

    /// <summary>Writes the memory of a domain to a file and stops it.</summary>
    /// <exception cref="MachineException">libvirt failed to save the domain.</exception>
    public Task SaveAsync(string domain, string file, CancellationToken cancellationToken) =>
        RunAsync(["save", domain, file], "", cancellationToken);

    /// <summary>Restores a domain from such a file.</summary>
    /// <exception cref="MachineException">libvirt failed to restore the domain.</exception>
    public Task RestoreAsync(string file, CancellationToken cancellationToken) => RunAsync(["restore", file], "", cancellationToken);

    /// <summary>The uuids of all active domains, each with whether it is paused.</summary>
    /// <exception cref="MachineException">libvirt does not answer.</exception>
    public async Task<IReadOnlyDictionary<string, bool>> ActiveAsync(CancellationToken cancellationToken)
    {
        var active = await ListAsync([], cancellationToken);
        var paused = active.Length == 0 ? [] : await ListAsync(["--state-paused"], cancellationToken);
        return active.ToDictionary(
            uuid => uuid, uuid => paused.Contains(uuid, StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The status of a VM whose domain is active.</summary>
    public static VmStatus StatusOf(bool isPaused) => isPaused ? VmStatus.Paused : VmStatus.Up;

    /// <summary>The XML of a running domain.</summary>
    /// <exception cref="MachineException">The domain does not exist, or libvirt does not answer.</exception>
    public Task<string> DescribeAsync(string domain, CancellationToken cancellationToken) =>
        RunAsync(["dumpxml", domain], "", cancellationToken);

    private async Task<string[]> ListAsync(string[] filter, CancellationToken cancellationToken)
    {
        var output = await RunAsync(["list", "--uuid", .. filter], "", cancellationToken);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private async Task<string> RunAsync(string[] arguments, string input, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await BoundedProcess.RunAsync(
                options.Virsh, ["-c", options.Libvirt!, .. arguments], input, TimeLimit, cancellationToken);
            return outcome.ExitStatus == 0 ? outcome.Output : throw new MachineException(outcome.Error);
        }
        catch (ProbeException notRun)
        {
            throw new MachineException(notRun.Message, notRun);
        }
    }
}
