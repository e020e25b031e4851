using Nvdimm.Cli.Input;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Planning;

/// <summary>Makes the subject of a plan from a VM file, from a domain, or from nothing.</summary>
internal static class PlanSubjects
{
    private const string ThisHost = "the host";

    /// <summary>The VM of a file.</summary>
    public static PlanSubject OfVmFile(VmFile file) => new(file.ToRequest(HostDeviceOperation.Attach))
    {
        IsUefi = file.Vm?.IsUefi ?? false,
        MaxVcpus = file.Vm?.MaxVcpus ?? 1,
    };

    /// <summary>An ideal VM: down, pinned to the host, with one guest NUMA node.</summary>
    public static PlanSubject Assumed(GuestArchitecture architecture)
    {
        var vm = new VmDescription { Name = "the VM", Architecture = architecture, NumaNodes = [new GuestNumaNode(0, [])] };
        return Pinned(vm) with { IsAssumed = true };
    }

    /// <summary>The VM of a domain XML. It counts as down and pinned to the host, because a domain does not say.</summary>
    /// <exception cref="BadInputException">The XML cannot be read.</exception>
    public static PlanSubject OfDomain(string xml, string name, GuestArchitecture architecture, NdctlListing listing)
    {
        var parsed = Domain.Parse(xml);
        var domain = parsed.Domain ?? throw Unreadable(parsed.Findings);
        var read = DomainGuest.Read(domain);
        var nvdimms = DomainNvdimms.Read(domain);
        if (read.IsRefused || nvdimms.Findings.Count > 0)
        {
            throw Unreadable(read.Findings.Concat(nvdimms.Findings));
        }

        var named = DomainDeviceUses.Read(domain);
        var uses = StartMemoryUses.Find(named.Uses, path => DeviceAt(path, listing));
        var matches = DomainNvdimms.Match(nvdimms.Elements, listing.Devices);
        var vm = new VmDescription
        {
            Name = read.Guest.Name ?? "the domain",
            Architecture = read.Guest.Architecture ?? architecture,
            NumaNodes = read.Guest.NumaNodes,
            Memory = read.Guest.Memory,
            HidesHypervisor = read.Guest.HidesHypervisor,
            MemorySlots = read.Guest.MemorySlots,
            MemoryDevices = read.Guest.MemoryDevices - matches.Pairs.Count,
            Nvdimms = matches.Pairs.Select(pair => new AttachedNvdimm(pair.Device.Name, pair.Device.Uuid)).ToValueList(),
        };
        return Pinned(vm) with
        {
            Domain = domain,
            VmId = read.Guest.Id,
            Elements = nvdimms.Elements,
            Pmems = uses.Pmems,
            Machine = read.Guest.Machine ?? "",
            Findings = [.. matches.Findings, .. named.Findings, .. uses.Refusals],
        };

        BadInputException Unreadable(IEnumerable<Finding> findings) =>
            new($"{name}: {string.Join(' ', findings.Select(finding => finding.Message).Distinct(StringComparer.Ordinal))}");
    }

    /// <summary>The device of the listing behind a path; null if none or several match.</summary>
    private static NvdimmDevice? DeviceAt(string path, NdctlListing listing)
    {
        var file = File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target
            ? target.FullName
            : Path.GetFullPath(path);
        return listing.Devices.Where(device => device.Path == file).Take(2).ToList() is [var device] ? device : null;
    }

    private static PlanSubject Pinned(VmDescription vm) => new(new PolicyRequest
    {
        Operation = HostDeviceOperation.Attach,
        Vm = vm with { PinnedHosts = [ThisHost], Affinity = VmAffinity.Pinned },
    });
}
