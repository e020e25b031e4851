using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Hook.Start;

/// <summary>The rules for a start, evaluated with what a host knows: the VM is here because it is pinned here.</summary>
internal sealed class HostRules(
    HookContext context, DomainGuest guest, IReadOnlyList<StartDevice> devices, ValueList<StartPmem> pmems, ValueList<LayoutRecord> records)
{
    /// <summary>
    /// The start decision says these, of the layout, the guest node and the guest's cells that the domain really has: POWER needs no cell, and
    /// libvirt from 9.6 on adds one.
    /// </summary>
    private static readonly string[] Decided =
        [NvdimmCodes.SizeRefused, NvdimmCodes.HotPlugMisaligned, NvdimmCodes.NumaMismatch, EngineCodes.NumaUnavailable, NvdimmCodes.AmbiguousDevice];

    public IEnumerable<Finding> Check()
    {
        var host = Environment.MachineName;
        var expected = MissingNvdimms.Of(context, records);
        var attached = devices.Select(device => new AttachedNvdimm(device.Name, Expected(device))).ToValueList();
        var request = new PolicyRequest
        {
            Operation = NvdimmOperation.Start,
            Vm = new VmDescription
            {
                Name = guest.Name ?? "the VM",
                Architecture = guest.Architecture ?? default,
                PinnedHosts = [host],
                NumaNodes = guest.NumaNodes,
                Memory = guest.Memory,
                MaxMemory = guest.MaxMemory ?? guest.Memory,
                MemoryDevices = guest.MemoryDevices - devices.Count,
                MemorySlots = guest.MemorySlots,
                Nvdimms = attached,
            },
            Host = new HostDescription
            {
                Name = host,
                Devices = devices.Select(device => device.Device).OfType<NvdimmDevice>().ToValueList(),
                Selinux = Selinux(),
                PageSize = Alignment.FromBytes(Environment.SystemPageSize),
            },
        };
        return NvdimmPolicy.Evaluate(request, rule => !Decided.Contains(rule.Code, StringComparer.Ordinal)).Violations
            .Concat(MissingNvdimms.Missing(context, Present(), expected.Expected, expected.Severity));
    }

    /// <summary>The uuid that the device should have: the one that the VM had under this name. Where the ledger knows none, whatever is there.</summary>
    private Guid? Expected(StartDevice device) =>
        device is { Earlier: { } earlier, Device: { } now } && earlier.Identity != DeviceIdentity.Of(now) && !IsAccepted(now)
            ? MissingNvdimms.UuidOf(earlier.Identity) ?? Guid.Empty
            : device.Device?.Uuid;

    /// <summary>An administrator has said that the VM shall have this device: by the custom property, or by <c>accept-names</c>.</summary>
    private bool IsAccepted(NvdimmDevice device) => MissingNvdimms.IsNamed(context, device.Uuid)
        || (device.Uuid is { } uuid && context.Configuration.AcceptedNames.TryGetValue(device.Name, out var accepted) && accepted == uuid);

    /// <summary>What is there, called as the expectation calls it.</summary>
    private ValueList<AttachedNvdimm> Present() => devices
        .SelectMany(device => new[]
        {
            new AttachedNvdimm(device.Name, device.Device is null ? null : MissingNvdimms.UuidOf(DeviceIdentity.Of(device.Device))),
            new AttachedNvdimm(device.Element.Path),
        })
        .Concat(devices.Where(device => device.Earlier is not null).Select(device => new AttachedNvdimm(device.Earlier!.Name, MissingNvdimms.UuidOf(device.Earlier.Identity))))
        .Concat(pmems.Select(pmem => new AttachedNvdimm(pmem.Device.Name, MissingNvdimms.UuidOf(DeviceIdentity.Of(pmem.Device)))))
        .ToValueList();

    private SelinuxState Selinux()
    {
        var file = Path.Combine(context.Root, "sys", "fs", "selinux", "enforce");
        return !File.Exists(file) ? SelinuxState.Disabled : File.ReadAllText(file).Trim() == "1" ? SelinuxState.Enforcing : SelinuxState.Permissive;
    }
}
