using Nvdimm.Cli.Input;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Planning;

/// <summary>Checks on this host how a VM would start with planned devices.</summary>
internal sealed class DeviceGuard(ToolEnvironment environment, string folder, bool isKept)
{
    private readonly StartEvidenceReader reader = new(folder, environment.Time, environment.Root);

    private readonly StartPolicy policy = new()
    {
        KeepFrom = isKept ? KeepFrom.RecordThenLabels : KeepFrom.Nowhere,
        UnverifiedHypervisor = UnverifiedReaction.Warn,
    };

    /// <summary>Whether the listing may be another host's; a device that is missing here is then no finding.</summary>
    public bool IsOtherHostPossible { get; init; }

    /// <summary>The ledger.</summary>
    public LayoutLedger Ledger => reader.Ledger;

    /// <summary>The claims.</summary>
    public DeviceClaims Claims => reader.Claims;

    /// <summary>The copying of labels.</summary>
    public LabelRelocation Relocation => new(folder, Claims, UseReader, environment.Root);

    /// <summary>The undoing of such copies.</summary>
    public LabelRestoration Restoration => new(Ledger, Claims, UseReader, environment.Root);

    /// <summary>Whoever writes to a device must also check which processes have it open.</summary>
    private ProcessUseReader UseReader => new(new ExclusiveUseReader(new SysfsDeviceUseReader(environment.Root)), environment.Root);

    /// <summary>Checks the devices that the names match, each once. Names that match no device or several are skipped.</summary>
    public Task<ValueList<GuardedDevice>> CheckAsync(
        NdctlListing listing, PlanSubject subject, ValueList<string> names, CancellationToken cancellationToken)
    {
        var request = subject.Request with { Host = Listing.HostWith(subject.Request.Host, listing) };
        var host = reader.ReadHost();
        var work = Task.Run(
            () => Planner.Wanted(listing, names).Select(device => Check(device, subject, request, host)).ToValueList(), cancellationToken);
        return Progress.WaitAsync(environment, "Looking at the devices", work, cancellationToken);
    }

    /// <summary>
    /// What libvirt and QEMU refuse in the unedited domain, and devices that it names more than once; empty if a device must still be added
    /// to it.
    /// </summary>
    public ValueList<Finding> CheckDomain(PlanSubject subject, ValueList<GuardedDevice> guarded) =>
        subject.Domain is { } domain && guarded.All(device => IsInDomain(device.Device, subject))
            ? reader.ReadHost().Check(domain, guarded.Select(device => device.Decision).OfType<StartDecision>().ToValueList())
            : [];

    private static bool IsInDomain(NvdimmDevice device, PlanSubject subject) =>
        subject.Elements.Any(element => element.Path == device.Path) || subject.Pmems.Any(pmem => pmem.Device == device);

    private GuardedDevice Check(NvdimmDevice device, PlanSubject subject, PolicyRequest request, HostState host)
    {
        var guarded = new GuardedDevice(device, DeviceSizing.LayoutFor(request, device))
        {
            IsKeepWanted = isKept,
            IsOnThisMachine = device.Path is null || File.Exists(device.Path),
        };
        if (guarded.Sizing is not { } planned)
        {
            return guarded with { NotAsked = "its size is not known" };
        }

        if (device.Path is not { } path)
        {
            return guarded with { NotAsked = "it has no device file" };
        }

        if (IsOtherHostPossible && !guarded.IsOnThisMachine && UnknownHere(device) is { } unknown)
        {
            return guarded with { NotAsked = $"{path} is not on this machine{unknown}" };
        }

        var asked = Asked(device, subject, planned);
        var vm = new StartVm(subject.IsAssumed ? null : request.Vm?.Name, subject.VmId) { NumaNodes = request.Vm?.NumaNodes ?? [] };
        return guarded with { Sizing = asked.Sizing, Decision = StartDecision.Decide(reader.Read(vm, device, asked, host), policy) };
    }

    /// <summary>The NVDIMM to ask for. If the domain already has the device, it is asked for as the domain has it, as at a start.</summary>
    private static AskedNvdimm Asked(NvdimmDevice device, PlanSubject subject, SizingResult planned)
    {
        var request = planned.Request;
        return subject.Elements.FirstOrDefault(element => element.Path == device.Path) is { } element
            ? AskedNvdimm.Of(element, device, request.Architecture, request.GuestRam, request.HidesHypervisor)!
            : subject.Pmems.FirstOrDefault(pmem => pmem.Device == device) is { } pmem
                ? AskedNvdimm.Of(pmem.Use, device, request.Architecture)!
            : AskedNvdimm.Of(planned);
    }

    /// <summary>
    /// Why a device without a device file on this machine is not checked; null if this host's ledger knows its uuid, because its device
    /// file may have moved. Kernel names prove nothing: other hosts have the same.
    /// </summary>
    private string? UnknownHere(NvdimmDevice device)
    {
        var identity = DeviceIdentity.Of(device);
        if (!identity.IsStable)
        {
            return "";
        }

        try
        {
            return reader.Ledger.Find(identity) is { Record: null, IsReadable: true } ? "" : null;
        }
        catch (LayoutLedgerException unreadable)
        {
            return $", and whether its ledger knows the device cannot be read: {unreadable.Message}";
        }
    }
}
