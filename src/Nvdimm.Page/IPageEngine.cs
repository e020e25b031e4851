using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;

namespace Nvdimm.Page;

/// <summary>
/// What the services of the page ask an engine, with the rights of the user who sent the request. A server has one for each request, or one
/// that is safe for use by several threads.
/// </summary>
/// <remarks>
/// A member throws <see cref="PageFaultException"/> if a rule refuses, and what the engine's own program throws if the engine cannot be
/// asked or refuses the user.
/// </remarks>
internal interface IPageEngine
{
    /// <summary>A host with its devices, and the VMs that have one of them; null if there is no host with that id.</summary>
    Task<HostFacts?> HostAsync(string id, CancellationToken cancellationToken);

    /// <summary>As above, and also the VMs that could get a device of the host; null if there is no host with that id.</summary>
    Task<HostFacts?> HostAndVmsAsync(string id, CancellationToken cancellationToken);

    /// <summary>A VM with its host; null if there is no VM with that id.</summary>
    Task<VmFacts?> VmAsync(string id, CancellationToken cancellationToken);

    /// <summary>The regions of a host's persistent memory.</summary>
    IEnumerable<MemoryRegion> RegionsOf(HostFacts host);

    /// <summary>What is known of the past of a host's device; null if this engine keeps no history of it.</summary>
    DeviceHistory? HistoryOf(HostFacts host, HostDevice device);

    /// <summary>Predicts the result of attaching devices together. Changes nothing.</summary>
    Task<AttachmentPreview> PreviewAsync(string vm, ValueList<string> devices, CancellationToken cancellationToken);

    /// <summary>Attaches devices to a VM: all of them, or none.</summary>
    Task AttachAsync(string vm, ValueList<string> devices, CancellationToken cancellationToken);

    /// <summary>Detaches a device from a VM.</summary>
    Task DetachAsync(string vm, string device, CancellationToken cancellationToken);

    /// <summary>Finds problems that the engine does not report, on all hosts and VMs.</summary>
    Task<ValueList<AuditFinding>> AuditAsync(CancellationToken cancellationToken);
}

/// <summary>A VM, and the host of its devices.</summary>
/// <param name="Vm">The VM.</param>
/// <param name="Host">The host; null if the VM is not pinned to exactly one.</param>
/// <param name="PinChoices">The hosts that the VM can be pinned to; empty if it has its host.</param>
internal sealed record VmFacts(ManagedVm Vm, HostFacts? Host, IReadOnlyList<HostReference> PinChoices);

/// <summary>What is known of the past of a device.</summary>
/// <param name="Content">What was found on the device, in words; null if it was not looked at.</param>
/// <param name="Record">The record of its last use; null if there is none.</param>
/// <param name="Problem">Why the record cannot be read; null if it can, or if there is none.</param>
/// <param name="Events">The events about the device, newest first.</param>
internal sealed record DeviceHistory(string? Content, RecordAnswer? Record, string? Problem, IReadOnlyList<EventAnswer> Events);
