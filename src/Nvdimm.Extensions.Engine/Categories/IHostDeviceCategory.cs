using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>
/// A kind of host devices that a management API offers. All that is particular to the kind is behind this interface: a management API
/// asks every category in its <see cref="HostDeviceCategories"/> and knows none of them.
/// </summary>
/// <remarks>
/// Only <see cref="ListAsync"/> asks a host. The other members are pure functions of what they are given, so that a server can call them
/// inside the transaction in which it changes its own records, with a listing that it has fetched before.
/// </remarks>
public interface IHostDeviceCategory
{
    /// <summary>The word for the kind in the API: <c>capability</c> of a host device, such as <c>nvdimm</c>.</summary>
    string Capability { get; }

    /// <summary>What people call the kind, such as <c>NVDIMM</c>.</summary>
    string Title { get; }

    /// <summary>
    /// The devices of this kind that a host has, usable or not, and why not. A host that cannot be asked is a listing that is not complete
    /// and has an error among its <see cref="HostDeviceListing.Findings"/>; nothing is attached from such a listing.
    /// </summary>
    /// <param name="host">The host.</param>
    /// <param name="reported">
    /// The devices of this kind that the engine reports for the host, to be joined with what the host itself says; null where the caller is
    /// the management API itself, whose report this listing is.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentNullException"><paramref name="host"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<HostDeviceListing> ListAsync(HostReference host, ValueList<ReportedHostDevice>? reported = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Which devices of a listing a VM can have, and why not the others; ordered by name as <see cref="HostDeviceListing.Devices"/> is. A device is free
    /// if and only if a new VM on the host may attach it.
    /// </summary>
    /// <param name="listing">The listing of the host.</param>
    /// <param name="vms">All VMs of the management API: nobody else can have their devices.</param>
    /// <param name="architecture">The architecture of the VM that would get a device, which is the host's. Default: x86_64.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The listing is of another category.</exception>
    ValueList<HostDeviceAvailability> Availability(HostDeviceListing listing, ValueList<ManagedVm> vms, GuestArchitecture architecture = default);

    /// <summary>
    /// What attaching <see cref="HostDeviceRequest.Devices"/> would mean: the layout of each, whether they may be attached, and whether the
    /// VM would start with them. Changes nothing; <see cref="HostDeviceRequest.Operation"/> is not looked at.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="ArgumentException">The listing is of another category.</exception>
    AttachmentPreview Preview(HostDeviceRequest request);

    /// <summary>Whether an operation may go on as far as the devices of this kind are concerned, and everything that speaks against it.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="ArgumentException">The listing is of another category.</exception>
    PolicyVerdict Check(HostDeviceRequest request);

    /// <summary>
    /// The VM's own attachments that <see cref="HostDeviceRequest.Devices"/> stand for, each once, as <see cref="Check"/> understands the names for a
    /// removal: those in its configuration, and those that it should have and has no longer. What stands for none is left out;
    /// <see cref="HostDeviceRequest.Operation"/> is not looked at.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="ArgumentException">The listing is of another category.</exception>
    ValueList<OwnHostDevice> Find(HostDeviceRequest request);

    /// <summary>
    /// Whether two attachments are of one device as far as can be told, so that one takes the other's place in a record. Attachments of another
    /// category are not.
    /// </summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    bool IsSame(AttachedHostDevice one, AttachedHostDevice other);

    /// <summary>
    /// Puts the VM's devices of this kind into the domain that it is about to start with. The start is checked first, as
    /// <see cref="Check"/> does it for <see cref="NvdimmOperation.Start"/>: a VM never starts without a device that it has configured.
    /// </summary>
    /// <param name="domainXml">The domain, without the devices of this kind.</param>
    /// <param name="request">The VM, its host's listing and the other VMs; <see cref="HostDeviceRequest.Operation"/> is not looked at.</param>
    /// <returns>The domain, with warnings; or every reason why the VM must not start.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The listing is of another category, or the request has no VM.</exception>
    DomainXmlResult AddToDomain(string domainXml, HostDeviceRequest request);

    /// <summary>
    /// What the engine does not tell: attachments that vanished, VMs that run without a device of theirs, devices that two VMs have, names
    /// that stand for another device than the one that was attached.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="inventory"/> is null.</exception>
    /// <exception cref="ArgumentException">A listing is of another category.</exception>
    ValueList<AuditFinding> Audit(HostDeviceAudit inventory);
}
