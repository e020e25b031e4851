using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Programs;

namespace Nvdimm.Extensions.Host.Doctor;

/// <summary>
/// Lists the domains that may have NVDIMMs through a read-only connection of <c>virsh</c>. Must not be used in a hook, because libvirt
/// waits for its hooks.
/// </summary>
/// <param name="connection">The connection, such as <c>qemu:///system</c>.</param>
/// <param name="virsh">libvirt's client. Default: the one in PATH.</param>
public sealed class LibvirtDomains(string connection, string virsh = "virsh")
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The defined or running domains with NVDIMMs or other memory devices on files, and those that may have some that cannot be read.
    /// </summary>
    /// <exception cref="ProbeException">libvirt did not answer.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<ValueList<KnownDomain>> ReadAsync(CancellationToken cancellationToken = default)
    {
        var running = (await LinesAsync(cancellationToken, "list", "--uuid").ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
        var saved = (await LinesAsync(cancellationToken, "list", "--all", "--with-managed-save", "--uuid").ConfigureAwait(false))
            .ToHashSet(StringComparer.Ordinal);
        var domains = new List<KnownDomain>();
        foreach (var id in await LinesAsync(cancellationToken, "list", "--all", "--uuid").ConfigureAwait(false))
        {
            // A domain can end between two calls. --inactive prints the definition, and for a transient domain the running one.
            if (await TextOrNullAsync(cancellationToken, "dumpxml", "--inactive", id).ConfigureAwait(false) is not { } xml)
            {
                continue;
            }

            var runningXml = running.Contains(id) ? await TextOrNullAsync(cancellationToken, "dumpxml", id).ConfigureAwait(false) : null;
            if (!HasMemoryFiles(xml) && (runningXml is null || !HasMemoryFiles(runningXml)))
            {
                continue;
            }

            var snapshots = await LinesAsync(cancellationToken, "snapshot-list", id, "--active", "--name").ConfigureAwait(false);
            domains.Add(new KnownDomain(xml)
            {
                IsRunning = running.Contains(id),
                RunningXml = runningXml,
                HasManagedSave = saved.Contains(id),
                MemorySnapshots = snapshots,
            });
        }

        return domains.ToValueList();
    }

    /// <summary>Whether the domain has such devices, or may have some that cannot be read.</summary>
    private static bool HasMemoryFiles(string xml) =>
        DomainDeviceUses.Read(xml) is var read && (read.Findings.Count > 0 || read.Uses.Any(use => use.IsMemory));

    private async Task<string?> TextOrNullAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var outcome = await RunAsync(arguments, cancellationToken).ConfigureAwait(false);
        return outcome.ExitStatus == 0 ? outcome.Output
            : outcome.Error.Contains("Domain not found", StringComparison.Ordinal)
                || outcome.Error.Contains("failed to get domain", StringComparison.Ordinal)
                ? null
            : throw outcome.Exception(ProbeFailure.Failed, $"ended with exit status {outcome.ExitStatus}");
    }

    private async Task<ValueList<string>> LinesAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var outcome = await RunAsync(arguments, cancellationToken).ConfigureAwait(false);
        return outcome.ExitStatus == 0
            ? outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToValueList()
            : throw outcome.Exception(ProbeFailure.Failed, $"ended with exit status {outcome.ExitStatus}");
    }

    private Task<ProcessOutcome> RunAsync(string[] arguments, CancellationToken cancellationToken) =>
        BoundedProcess.RunAsync(virsh, ["--readonly", "--connect", connection, .. arguments], "", TimeLimit, cancellationToken);
}

/// <summary>A domain that libvirt knows.</summary>
/// <param name="Xml">The definition for its next start; for a transient domain the XML of the running one.</param>
public sealed record KnownDomain(string Xml)
{
    /// <summary>Whether the domain runs.</summary>
    public bool IsRunning { get; init; }

    /// <summary>The XML of the running domain, with what was plugged into it; null if it does not run.</summary>
    public string? RunningXml { get; init; }

    /// <summary>Whether the domain has a managed save, from which its next start restores it.</summary>
    public bool HasManagedSave { get; init; }

    /// <summary>The domain's snapshots with memory. Default: none.</summary>
    public ValueList<string> MemorySnapshots { get; init; } = [];
}
