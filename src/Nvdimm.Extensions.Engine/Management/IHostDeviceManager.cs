using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>
/// Manages the host devices of one category on an engine, for a program that uses the engine's API: lists, previews, attaches and detaches
/// them. It checks the category's policy before the engine's, and finds problems that the engine does not report. Implementations must be
/// safe for use by several threads.
/// </summary>
/// <remarks>
/// The methods throw <see cref="OvirtException"/> if the engine cannot be asked, <see cref="ArgumentNullException"/> for an argument that
/// is null, <see cref="OperationCanceledException"/> if the caller cancels, and the exceptions of <see cref="IAttachmentRecords"/>.
/// </remarks>
public interface IHostDeviceManager
{
    /// <summary>The category of the devices.</summary>
    IHostDeviceCategory Category { get; }

    /// <summary>Lists all hosts of the engine.</summary>
    IAsyncEnumerable<HostReference> ListHostsAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists the devices of every host, in the order of the hosts. Several hosts are read at once, and results are returned as they arrive.
    /// </summary>
    IAsyncEnumerable<HostDeviceListing> ListAllAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists the devices of a host, compared with the engine's report.</summary>
    Task<HostDeviceListing> ListAsync(HostReference host, CancellationToken cancellationToken = default);

    /// <summary>
    /// Returns the availability of each device of a host, considering the engine's VMs that may have one, and the attachment records.
    /// </summary>
    /// <param name="listing">The host's listing from <see cref="ListAsync"/>.</param>
    /// <param name="architecture">The architecture of the VM that would get a device, which is that of the host. Default: x86_64.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<ValueList<HostDeviceAvailability>> AvailabilityAsync(
        HostDeviceListing listing, GuestArchitecture architecture = default, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists the VMs that have a device of a host, should have one, or run with one, as far as the engine's user can see them. Their NUMA
    /// nodes are left out.
    /// </summary>
    /// <param name="listing">The host's listing from <see cref="ListAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<ValueList<ManagedVm>> ListVmsAsync(HostDeviceListing listing, CancellationToken cancellationToken = default);

    /// <summary>Gets a VM with all facts that the category uses; null if the engine has no VM with that id.</summary>
    Task<ManagedVm?> FindVmAsync(string vmId, CancellationToken cancellationToken = default);

    /// <summary>Predicts the result of attaching devices to a VM. Changes nothing.</summary>
    /// <param name="vmId">The VM.</param>
    /// <param name="devices">Kernel names, or other names that the category knows, such as UUIDs.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<AttachmentPreview> PreviewAsync(string vmId, IEnumerable<string> devices, CancellationToken cancellationToken = default);

    /// <summary>Checks whether the VM's devices of this category allow an operation.</summary>
    /// <param name="vmId">The VM.</param>
    /// <param name="request">
    /// The operation, with the devices that it names and its other values. The manager reads the VM, its host and the other VMs itself: it
    /// ignores <see cref="HostDeviceRequest.Vm"/>, <see cref="HostDeviceRequest.Listing"/> and <see cref="HostDeviceRequest.OtherVms"/>.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The operation is the removal of a host, which concerns no VM.</exception>
    Task<PolicyResult> CheckAsync(string vmId, HostDeviceRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Checks the policy, then attaches devices as one transaction. Each device is recorded before the engine is asked, so nothing is
    /// attached that cannot be recorded. Afterwards the VM is read again, to check that it has the devices, that they are still the devices
    /// that were checked, and that no other client attached one of them to another VM at the same moment, which the engine allows. If a
    /// check fails, the devices are removed again.
    /// </summary>
    /// <remarks>The result says what could not be recorded, checked or undone.</remarks>
    /// <param name="vmId">The VM.</param>
    /// <param name="devices">Kernel names, or other names that the category knows, such as UUIDs.</param>
    /// <param name="cancellationToken">Cancels the call before anything is changed; a change that has begun is finished.</param>
    Task<HostDeviceChange> AttachAsync(string vmId, IEnumerable<string> devices, CancellationToken cancellationToken = default);

    /// <summary>
    /// Checks the policy, then detaches devices. A device that the VM should have but no longer has is removed from the record, and has no
    /// owner any more; this also works for a VM that the engine deleted. A refusal changes nothing. A device that the VM neither has nor
    /// should have is refused.
    /// </summary>
    /// <param name="vmId">The VM.</param>
    /// <param name="devices">Kernel names, or other names that the category knows, such as UUIDs.</param>
    /// <param name="cancellationToken">Cancels the call before anything is changed; a change that has begun is finished.</param>
    Task<HostDeviceChange> DetachAsync(string vmId, IEnumerable<string> devices, CancellationToken cancellationToken = default);

    /// <summary>Finds problems that the engine does not report, on all hosts and VMs.</summary>
    Task<ValueList<AuditFinding>> AuditAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Posts findings as external events, errors as alerts, each once a day (UTC) while it holds. If the engine refuses one, the others are
    /// still posted.
    /// </summary>
    /// <exception cref="OvirtException">
    /// The engine cannot be asked at all: it cannot be reached, does not answer, or refuses the login.
    /// </exception>
    Task<PostedFindings> PostAsync(IReadOnlyCollection<AuditFinding> findings, CancellationToken cancellationToken = default);
}
