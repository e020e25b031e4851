using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Programs;

namespace Nvdimm.Hook.Libvirt;

/// <summary>
/// Refuses operations that write older content over NVDIMMs, unless an administrator has permitted them: a restore of a save, and a revert
/// to a snapshot with memory, for which libvirt calls no hook of its own. Measured with libvirt 7.0, 9.0, 11.3 and 12.9.
/// </summary>
internal static class RestoreGuard
{
    /// <summary>The QEMU arguments that load saved memory (QEMU v7.2.0 <c>qemu-options.hx</c>).</summary>
    private static readonly string[] Loading = ["-incoming", "-loadvm"];

    /// <summary>Why a domain must not be restored; null if the restore is permitted.</summary>
    public static Finding? OfRestore(HookContext context, LibvirtDomain domain) => IsPermitted(context, domain)
        ? null
        : Refusal(NvdimmCodes.RestoreOverwrites, domain);

    /// <summary>
    /// Why a domain must not start, and whether the start is a permitted restore. A start is refused if it comes from a save or a snapshot
    /// without permission. A domain from a save or a snapshot has addresses on its NVDIMMs. A fresh start has none, except for an address
    /// in the definition that libvirt keeps. Such a start counts as fresh if libvirt has no snapshot with memory to revert to; if there is
    /// one, nothing in the domain reliably tells a revert from a start.
    /// </summary>
    /// <exception cref="IOException">The definition or a snapshot is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the definition or a snapshot.</exception>
    public static (Finding? Refusal, bool IsRestore) OfStart(HookContext context, LibvirtDomain domain)
    {
        var placed = domain.Elements.Where(element => element.Address?.Base is not null).ToList();
        return placed.Count == 0 || (IsDefined(context, domain, placed) && !HasMemorySnapshot(context, domain)) ? (null, false)
            : IsPermitted(context, domain) ? (null, true)
            : (Refusal(NvdimmCodes.RevertOverwrites, domain), false);
    }

    /// <summary>
    /// Why a QEMU that has started must be stopped: it loads saved memory that no earlier hook call has seen. With libvirt 11.3 the memory
    /// is already loaded by then (measured), so the refusal saves no data; it reports what happened. A restore that was permitted when it
    /// began goes on, however long it takes to load the memory.
    /// </summary>
    /// <exception cref="IOException">libvirt's files of running QEMUs cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read libvirt's files of running QEMUs.</exception>
    public static Finding? OfQemu(HookContext context, LibvirtDomain domain) =>
        IsLoading(context) && !IsBegun(context, domain) && !IsPermitted(context, domain)
            ? Refusal(NvdimmCodes.RevertOverwrites, domain)
            : null;

    /// <summary>Records that a permitted restore begins; when it ends, the permission is used up.</summary>
    public static void Begin(HookContext context, LibvirtDomain domain) => Permissions(context).Begin(domain.Guest.Name, domain.Guest.Id);

    /// <summary>
    /// Removes a permission that was used: it is valid for one restore. QEMU's arguments do not show a revert to an internal snapshot.
    /// </summary>
    public static void Used(HookContext context, LibvirtDomain domain)
    {
        if (IsLoading(context) || IsBegun(context, domain))
        {
            Permissions(context).Withdraw(domain.Guest.Name, domain.Guest.Id);
        }
    }

    /// <summary>Records that no restore of the domain runs any more. If the restore failed, the permission stays.</summary>
    public static void Finish(HookContext context, LibvirtDomain domain)
    {
        if (IsBegun(context, domain))
        {
            Permissions(context).Finish(domain.Guest.Name, domain.Guest.Id);
        }
    }

    private static bool IsLoading(HookContext context) => Guid.TryParse(context.VmId, out var id)
        && new QemuProcesses(context.Root).Find(id) is { } qemu
        && qemu.Arguments.Any(argument => Loading.Contains(argument, StringComparer.Ordinal));

    private static bool IsPermitted(HookContext context, LibvirtDomain domain) =>
        Permissions(context).IsGiven(domain.Guest.Name, domain.Guest.Id);

    private static bool IsBegun(HookContext context, LibvirtDomain domain) =>
        Permissions(context).IsBegun(domain.Guest.Name, domain.Guest.Id);

    private static RestorePermissions Permissions(HookContext context) =>
        new(context.Configuration.StateFolder, context.Time, MachineId.Of(context.Root));

    /// <summary>Whether the definition that libvirt keeps of the domain has each of these NVDIMMs at the same address.</summary>
    private static bool IsDefined(HookContext context, LibvirtDomain domain, List<NvdimmElement> placed)
    {
        if (domain.Guest.Name is not { } name
            || SmallFile.TextOrNull(Path.Combine(context.Root, "etc", "libvirt", "qemu", $"{name}.xml")) is not { } definition
            || Domain.Parse(definition).Domain is not { } kept
            || DomainGuest.Read(kept).Guest?.Id != domain.Guest.Id)
        {
            return false;
        }

        var defined = DomainNvdimms.Read(kept).Elements;
        return placed.TrueForAll(
            element => defined.Any(other => other.Path == element.Path && other.Address?.Base == element.Address!.Base));
    }

    /// <summary>
    /// Whether libvirt keeps a snapshot of the domain with memory (libvirt 9.0.0 <c>src/conf/snapshot_conf.c</c>,
    /// virDomainSnapshotDefFormat: one file per snapshot, with <c>&lt;memory snapshot='no'/&gt;</c> if it has no memory).
    /// </summary>
    private static bool HasMemorySnapshot(HookContext context, LibvirtDomain domain)
    {
        var folder = Path.Combine(context.Root, "var", "lib", "libvirt", "qemu", "snapshot", domain.Guest.Name!);
        return (SmallFolder.NamesOrNull(folder, end: ".xml") ?? [])
            .Select(name => SmallFile.Text(Path.Combine(folder, name)))
            .Any(snapshot => !snapshot.Contains("<memory snapshot='no'", StringComparison.Ordinal));
    }

    private static Finding Refusal(string code, LibvirtDomain domain) => Finding.Error(
        code,
        ("vm", domain.Name),
        ("devices", string.Join(", ", domain.Paths)),
        ("command", $"nvdimm layout allow-restore {ShellWords.Quote(domain.Guest.Id ?? domain.Name)}"));
}
