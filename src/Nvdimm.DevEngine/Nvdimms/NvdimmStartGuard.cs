using Nvdimm.DevEngine.Hosts;
using Nvdimm.DevEngine.Machines;
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
/// The layout guard of a start. It claims each NVDIMM, checks the ledger and the labels, keeps the recorded layout, and records the use.
/// The record is written before the start, because a guest without labels leaves no other trace of its layout: a crash in between leaves
/// one record too many, never one too few.
/// </summary>
internal sealed class NvdimmStartGuard(DevEngineOptions options, TimeProvider time) : IStartGuard
{
    private static readonly StartPolicy Policy = new()
    { KeepFrom = KeepFrom.RecordThenLabels, UnverifiedHypervisor = UnverifiedReaction.Warn };

    private readonly StartEvidenceReader reader = new(options.LayoutFolder, time) { UseReader = new MachineUseReader() };

    /// <inheritdoc/>
    public string Begin(VmParts vm, string domainXml, HostListings listings)
    {
        var domain = Parsed(domainXml);
        var elements = Elements(domain);
        if (elements.Count == 0)
        {
            return domainXml;
        }

        var guest = DomainGuest.Read(domain);
        Require(guest.Findings);
        return Asking(() =>
        {
            var session = StartSession.Begin(
                reader,
                reader.ReadHost(),
                new StartRequest
                {
                    Vm = new StartVm(vm.Name, vm.Id) { NumaNodes = guest.Guest!.NumaNodes },
                    Domain = domain,
                    Architecture = guest.Guest.Architecture ?? default,
                    GuestRam = guest.Guest.Memory,
                    HidesHypervisor = guest.Guest.HidesHypervisor,
                    Subjects = elements.Select(element => new StartSubject(element, DeviceOf(element, listings))).ToValueList(),
                    Holder = ClaimHolder.OfProcess(vm.Name, vm.Id, Environment.ProcessId),
                },
                Policy);
            Require(session.Findings);
            session.Record();
            return session.DomainXml!;
        });
    }

    /// <inheritdoc/>
    public void Confirm(VmParts vm, string liveXml) => Asking(() =>
    {
        var elements = Elements(Parsed(liveXml));
        var records = reader.Ledger.List().Records
            .Where(record => record is { Layout: not null, ReplacedBy: null } && IsOf(vm, record))
            .ToList();
        Require(
        [
            .. elements.SelectMany(element => StartConfirmation.Differences(element, records.Find(record => record.Path == element.Path))),
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
    public void End(VmParts vm) => Asking(() => reader.Ledger.List().Records
        .Where(record => IsOf(vm, record))
        .Select(record => reader.Claims.FindOf(record.Identity, vm.Id))
        .Count(claim => claim is not null && reader.Claims.Release(claim)));

    private static bool IsOf(VmParts vm, LayoutRecord record) =>
        record.Owner?.Is(vm.Name, vm.Id) == true || record.Sharing?.Permits(vm.Name, vm.Id) == true;

    private static Domain Parsed(string domainXml)
    {
        var parsed = Domain.Parse(domainXml);
        Require(parsed.Findings);
        return parsed.Domain!;
    }

    private static ValueList<NvdimmElement> Elements(Domain domain)
    {
        var read = DomainNvdimms.Read(domain);
        Require(read.Findings);
        return read.Elements;
    }

    private static NvdimmDevice DeviceOf(NvdimmElement element, HostListings listings)
    {
        var matches = DomainNvdimms.Match(
            [element], listings.All.OfType<NvdimmHostDeviceListing>().SelectMany(listing => listing.Description.Devices));
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

    /// <summary>Hands the claim from this program to the QEMU that has the device, so that it survives the end of this program.</summary>
    private void Hold(VmParts vm, DeviceIdentity identity, string path)
    {
        var qemu = RunningQemus.List().FirstOrDefault(process => process.VmId == Guid.Parse(vm.Id) && process.Uses(path));
        var holder = ClaimHolder.OfProcess(vm.Name, vm.Id, qemu?.ProcessId ?? Environment.ProcessId);
        if (reader.Claims.FindOf(identity, vm.Id) is not { } claim || reader.Claims.Transfer(claim, holder) is null)
        {
            Require(reader.Claims.TryClaim(identity, path, holder).Findings);
        }
    }
}
