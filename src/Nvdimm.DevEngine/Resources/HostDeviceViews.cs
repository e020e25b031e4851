using System.Text.Json;
using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Storage;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.DevEngine.Resources;

/// <summary>The JSON of devices, layouts and verdicts in the services beside the API.</summary>
internal static class HostDeviceViews
{
    /// <summary>A device with its state, its owners, and the layout that its owner has or that a new VM would get.</summary>
    public static object Device(HostFacts facts, HostDeviceAvailability available)
    {
        var device = available.Device;
        return new
        {
            Id = HostDeviceId.FromName(device.Name),
            device.Name,
            device.Identity,
            Size = device.Size?.Bytes,
            State = JsonNamingPolicy.SnakeCaseLower.ConvertName($"{available.State}"),
            StateText = available.Text,
            Reasons = available.Reasons.Select(Finding),
            Details = device.Details.Select(detail => new { detail.Name, detail.Value }),
            Findings = device.Findings.Select(Finding),
            Vms = facts.Vms.Where(vm => facts.Has(vm, device)).Select(Vm),
            Layout = Layout(facts.LayoutOf(device)),
        };
    }

    /// <summary>The size that the guest sees and the place of each area; null if the layout is refused.</summary>
    public static object? Layout(PreviewedDevice? previewed) => previewed?.GuestSize is not { } guest ? null : new
    {
        GuestSize = guest.Bytes,
        LostSize = previewed.LostSize?.Bytes,
        previewed.GuestNode,
        Areas = previewed.Areas.Select(area => new { area.Name, Offset = area.Offset.Bytes, Size = area.Size.Bytes }),
    };

    /// <summary>What a device of this machine contains, as far as this program has the right to read it.</summary>
    public static string Content(NvdimmDevice device)
    {
        var survey = new ContentProbe().Survey(device, []);
        return survey.UnreadableReason is { } reason ? $"could not be read: {reason}"
            : survey.IsBlank ? "nothing: it is blank"
            : survey.Found.Count == 0 ? "bytes of no known format"
            : string.Join("; ", survey.Found);
    }

    /// <summary>The ledger's record of a device.</summary>
    public static object Record(LayoutRecord record) => new
    {
        Owner = record.Owner?.ToString(),
        record.OwnedSince,
        record.FirstRecorded,
        record.LastUsed,
        record.LastChanged,
        record.Hypervisor,
        GuestSize = record.Layout?.GuestSize.Bytes,
        LabelOffset = record.Layout?.LabelOffset.Bytes,
        LabelSize = record.Layout?.LabelSize.Bytes,
        Labels = record.LabelUuids?.Count,
    };

    /// <summary>Whether a VM has a device, or can get it.</summary>
    public static object Place(HostFacts facts, HostDevice device, VmParts vm)
    {
        var preview = facts.Preview(device, vm);
        return new
        {
            Vm = Vm(vm),
            PinnedTo = vm.Pins.Select(pin => pin.Name),
            IsAttached = facts.Has(vm, device),
            preview.IsAllowed,
            Findings = Findings(preview),
        };
    }

    /// <summary>A device that a VM can choose, or the reason why it cannot.</summary>
    public static object Choice(HostFacts facts, HostDeviceAvailability available, VmParts vm)
    {
        var preview = facts.Preview(available.Device, vm);
        return new
        {
            Device = Device(facts, available),
            IsAttached = facts.Has(vm, available.Device),
            preview.IsAllowed,
            Findings = Findings(preview),
            Layout = Layout(preview.Devices is [var previewed, ..] ? previewed : null),
        };
    }

    /// <summary>The findings against an attachment, each once.</summary>
    public static IEnumerable<object> Findings(AttachmentPreview preview) =>
        preview.Findings.Concat(preview.Devices.SelectMany(previewed => previewed.Findings)).Distinct().Select(Finding);

    /// <summary>Whether an operation is allowed, and the findings against it.</summary>
    public static object Verdict(ValueList<Finding> findings) =>
        new { IsAllowed = findings.All(finding => finding.Severity != Severity.Error), Findings = findings.Select(Finding) };

    /// <summary>A finding with its text.</summary>
    public static object Finding(Finding finding) =>
        new { finding.Code, Severity = finding.Severity.ToString().ToLowerInvariant(), finding.Message };

    private static object Vm(VmParts vm) => new { vm.Id, vm.Name, vm.Row.Status };
}
