using Nvdimm.DevEngine.Machines;
using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.DevEngine.Nvdimms;

/// <summary>
/// The layout guard in front of a start: each NVDIMM is claimed, ledger and labels are asked, the recorded layout is kept, and the use is
/// recorded. The record comes before the start, since a guest without labels leaves no other trace of the layout that it was given: a crash
/// in between leaves a record too many, never one too few.
/// </summary>
internal sealed class NvdimmStartGuard(DevEngineOptions options, TimeProvider time) : IStartGuard
{
    private readonly StartCheck check = new(options.LayoutFolder, time) { UseReader = new MachineUseReader() };

    /// <inheritdoc/>
    public string Begin(VmParts vm, string domainXml, HostDeviceDesk.Listings listings)
    {
        var elements = Elements(domainXml);
        if (elements.Count == 0)
        {
            return domainXml;
        }

        return Asking(() =>
        {
            var claims = new List<DeviceClaim>();
            var isStarting = false;
            try
            {
                var starts = elements.Select(element => Plan(vm, element, DeviceOf(element, listings), claims)).ToList();
                var edited = DomainXmlEditor.Update(domainXml, starts.ConvertAll(start => start.Element));
                Require([.. starts.SelectMany(start => start.Refusals), .. edited.Findings]);
                Require(starts.SelectMany(start => check.Ledger.Save(start.Verdict!.UseBy(vm.Name, vm.Id)).Findings));
                isStarting = true;
                return edited.Xml!;
            }
            finally
            {
                if (!isStarting)
                {
                    claims.ForEach(claim => check.Claims.Release(claim));
                }
            }
        });
    }

    /// <inheritdoc/>
    public void Confirm(VmParts vm, string liveXml) => Asking(() =>
    {
        var elements = Elements(liveXml);
        var records = check.Ledger.List().Records.Where(record => record.VmId == vm.Id && record.Layout is not null).ToList();
        Require(
        [
            .. elements.SelectMany(element => Differences(element, records.Find(record => record.Path == element.Path))),
            .. elements.Count == vm.HostDevices.Count(device => device.Capability == NvdimmCategory.CapabilityName)
                ? Array.Empty<Finding>()
                : [Finding.Error(NvdimmCodes.RunningWithoutDevice, ("vm", vm.Name), ("device", "an NVDIMM"))],
        ]);
        foreach (var element in elements)
        {
            Hold(vm, records.Find(record => record.Path == element.Path)!.Identity, element.Path);
        }

        return elements.Count;
    });

    /// <inheritdoc/>
    public void End(VmParts vm) => Asking(() => check.Ledger.List().Records
        .Where(record => record.VmId == vm.Id)
        .Select(record => check.Claims.Find(record.Identity).Claim)
        .Count(claim => claim?.Holder.VmId == vm.Id && check.Claims.Release(claim)));

    /// <summary>libvirt shows what it has given QEMU. Anything else than predicted means that the labels are elsewhere.</summary>
    private static IEnumerable<Finding> Differences(NvdimmElement element, LayoutRecord? record)
    {
        if (record?.Layout is not { } layout)
        {
            return [Finding.Error(NvdimmCodes.XmlUnmatched, ("path", element.Path))];
        }

        return
        [
            .. Difference("the size that libvirt gave QEMU", layout.BackendSize, element.TargetSize),
            .. Difference("the alignment", layout.AlignSize.Size, element.AlignSize ?? ByteSize.Zero),
            .. Difference("the label size", layout.LabelSize, element.LabelSize ?? ByteSize.Zero),
        ];

        IEnumerable<Finding> Difference(string what, ByteSize recorded, ByteSize now) => recorded == now
            ? []
            : [Finding.Error(NvdimmCodes.LayoutChanged, ("device", record.Name), ("what", what), ("recorded", $"{recorded.Bytes}"), ("planned", $"{now.Bytes}"))];
    }

    private static ValueList<NvdimmElement> Elements(string domainXml)
    {
        var read = DomainNvdimms.Read(domainXml);
        Require(read.Findings);
        return read.Elements;
    }

    private static NvdimmDevice DeviceOf(NvdimmElement element, HostDeviceDesk.Listings listings)
    {
        var matches = DomainNvdimms.Match([element], listings.All.OfType<NvdimmHostDeviceListing>().SelectMany(listing => listing.Description.Devices));
        return matches.Pairs is [var match] ? match.Device : throw ApiFaultException.Conflict(matches.Findings[0].Message);
    }

    private static void Require(IEnumerable<Finding> findings)
    {
        var errors = findings.Where(finding => finding.Severity == Severity.Error).Distinct().ToList();
        if (errors.Count > 0)
        {
            throw ApiFaultException.Refused(errors);
        }
    }

    private static T Asking<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (LayoutLedgerException failure)
        {
            throw new MachineException($"The ledger of layouts could not be used: {failure.Message}", failure);
        }
    }

    private NvdimmStart Plan(VmParts vm, NvdimmElement element, NvdimmDevice device, List<DeviceClaim> claims)
    {
        var taken = check.Claims.TryClaim(DeviceIdentity.Of(device), device.Name, ClaimHolder.OfProcess(vm.Name, vm.Id, Environment.ProcessId));
        if (taken.Claim is not { } claim)
        {
            return new NvdimmStart(element, null, taken.Findings);
        }

        claims.Add(claim);
        return NvdimmStart.Plan(check, element, device, claim);
    }

    /// <summary>The claim goes from this program to the QEMU that has the device, so that it stands if this program ends.</summary>
    private void Hold(VmParts vm, DeviceIdentity identity, string path)
    {
        var qemu = RunningQemus.List().FirstOrDefault(process => process.VmId == Guid.Parse(vm.Id) && process.Uses(path));
        var holder = ClaimHolder.OfProcess(vm.Name, vm.Id, qemu?.ProcessId ?? Environment.ProcessId);
        var there = check.Claims.Find(identity);
        if (there.Claim is not { } claim || claim.Holder.VmId != vm.Id || check.Claims.Transfer(claim, holder) is null)
        {
            Require(check.Claims.TryClaim(identity, path, holder).Findings);
        }
    }
}
