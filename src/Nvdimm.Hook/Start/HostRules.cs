using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Hook.Start;

/// <summary>Evaluates the rules for a start with the host's facts. The VM counts as pinned to this host, because it starts here.</summary>
internal sealed class HostRules(HookContext context, DomainGuest guest, ValueList<StartSubject> subjects)
{
    /// <summary>
    /// The codes that the start decision reports itself, from the layout, the guest node, the guest's cells and the devices that the domain
    /// really has: POWER needs no cell, and libvirt from 9.6 on adds one.
    /// </summary>
    private static readonly string[] Decided =
        [NvdimmCodes.SizeRefused, NvdimmCodes.HotPlugMisaligned, NvdimmCodes.NumaMismatch, EngineCodes.NumaUnavailable,
         NvdimmCodes.AmbiguousDevice];

    public IEnumerable<Finding> Check()
    {
        var host = Environment.MachineName;
        var request = new PolicyRequest
        {
            Operation = HostDeviceOperation.Start,
            Vm = new VmDescription
            {
                Name = guest.Name ?? "the VM",
                Architecture = guest.Architecture ?? default,
                PinnedHosts = [host],
                NumaNodes = guest.NumaNodes,
                Memory = guest.Memory,
                HidesHypervisor = guest.HidesHypervisor,
                MaxMemory = guest.MaxMemory ?? guest.Memory,
                MemoryDevices = guest.MemoryDevices - subjects.Count,
                MemorySlots = guest.MemorySlots,
                Nvdimms = subjects.Select(subject => new AttachedNvdimm(subject.Device?.Name ?? subject.Element.Path, subject.Device?.Uuid))
                    .ToValueList(),
            },
            Host = new HostDescription
            {
                Name = host,
                Devices = subjects.Select(subject => subject.Device).OfType<NvdimmDevice>().ToValueList(),
                Selinux = Selinux(),
                PageSize = Alignment.FromBytes(Environment.SystemPageSize),
            },
        };
        return NvdimmPolicy.Check(request, rule => !Decided.Contains(rule.Code, StringComparer.Ordinal)).Findings;
    }

    private SelinuxState Selinux()
    {
        var file = Path.Combine(context.Root, "sys", "fs", "selinux", "enforce");
        return !File.Exists(file) ? SelinuxState.Disabled
            : File.ReadAllText(file).Trim() == "1" ? SelinuxState.Enforcing
            : SelinuxState.Permissive;
    }
}
