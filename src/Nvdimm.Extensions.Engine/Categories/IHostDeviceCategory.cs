using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>
/// A kind of host devices that a management API offers. Everything that is specific to the kind is behind this interface; a management API
/// uses the categories in its <see cref="HostDeviceCategories"/> without knowing any of them.
/// </summary>
/// <remarks>
/// Only <see cref="ListAsync"/> asks a host. The other members are pure functions of their arguments, so a server can fetch a listing first
/// and then call them inside the transaction in which it changes its own records. Implementations must be safe for use by several threads.
/// </remarks>
public interface IHostDeviceCategory
{
    /// <summary>The API's word for the kind: the <c>capability</c> of a host device, such as <c>nvdimm</c>.</summary>
    string Capability { get; }

    /// <summary>The display name of the kind, such as <c>NVDIMM</c>.</summary>
    string Title { get; }

    /// <summary>
    /// Lists the devices of this kind on a host, usable or not, with the reasons. If the host cannot be asked, the listing is incomplete
    /// and has an error among its <see cref="HostDeviceListing.Findings"/>; nothing is attached from such a listing.
    /// </summary>
    /// <param name="host">The host.</param>
    /// <param name="reported">
    /// The devices of this kind that the engine reports for the host, to be compared with the host's own list. Null if the caller is the
    /// management API itself and this listing is its report.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="host"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<HostDeviceListing> ListAsync(
        HostReference host, IReadOnlyCollection<ReportedHostDevice>? reported = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Returns the availability of each device of a listing, ordered by name as in <see cref="HostDeviceListing.Devices"/>. A device is
    /// free if and only if a new VM on the host may attach it.
    /// </summary>
    /// <param name="listing">The listing of the host.</param>
    /// <param name="vms">All VMs of the management API. No other VM can have their devices.</param>
    /// <param name="architecture">The architecture of the VM that would get a device, which is that of the host. Default: x86_64.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The listing is of another category.</exception>
    ValueList<HostDeviceAvailability> Availability(
        HostDeviceListing listing, IReadOnlyCollection<ManagedVm> vms, GuestArchitecture architecture = default);

    /// <summary>
    /// Predicts the result of attaching <see cref="HostDeviceRequest.Devices"/>: the layout of each, whether they may be attached, and
    /// whether the VM would start with them. Changes nothing; <see cref="HostDeviceRequest.Operation"/> is ignored.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="ArgumentException">The listing is of another category.</exception>
    AttachmentPreview Preview(HostDeviceRequest request);

    /// <summary>Checks whether the devices of this kind allow an operation, and returns all findings.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="ArgumentException">The listing is of another category.</exception>
    PolicyResult Check(HostDeviceRequest request);

    /// <summary>
    /// Finds the VM's own attachments that <see cref="HostDeviceRequest.Devices"/> select, each once, with the same meaning of names as
    /// <see cref="Check"/> for a removal: those in its configuration, and those that it should have and no longer has. Names without an
    /// attachment are left out; <see cref="HostDeviceRequest.Operation"/> is ignored.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="ArgumentException">The listing is of another category.</exception>
    ValueList<OwnHostDevice> Find(HostDeviceRequest request);

    /// <summary>
    /// Whether two attachments are of the same device as far as is known, so that one replaces the other in a record. False if one is of
    /// another category.
    /// </summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    bool IsSame(AttachedHostDevice one, AttachedHostDevice other);

    /// <summary>
    /// Adds the VM's devices of this kind to the domain of its next start. The start is checked first, as <see cref="Check"/> does for
    /// <see cref="HostDeviceOperation.Start"/>: a VM never starts without a configured device.
    /// </summary>
    /// <param name="domainXml">The domain, without the devices of this kind.</param>
    /// <param name="request">The VM, its host's listing and the other VMs; <see cref="HostDeviceRequest.Operation"/> is ignored.</param>
    /// <returns>The domain, with warnings; or every reason why the VM must not start.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The listing is of another category, or the request has no VM.</exception>
    DomainXmlResult AddToDomain(string domainXml, HostDeviceRequest request);

    /// <summary>
    /// Finds problems that the engine does not report: attachments that vanished, VMs that run without one of their devices, devices that
    /// two VMs have, and names that stand for another device than the one that was attached.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="inventory"/> is null.</exception>
    /// <exception cref="ArgumentException">A listing is of another category.</exception>
    ValueList<AuditFinding> Audit(HostDeviceAudit inventory);
}
