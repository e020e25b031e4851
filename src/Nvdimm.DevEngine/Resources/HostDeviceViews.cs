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

/// <summary>How the services beside the API write devices, layouts and verdicts.</summary>
internal static class HostDeviceViews
{
    /// <summary>A device with its state, its owners, and the layout that its owner has or a new VM would get.</summary>
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

    /// <summary>What the guest sees of a device and where each part is; null if the layout is refused.</summary>
    public static object? Layout(PreviewedDevice? previewed) => previewed?.GuestSize is not { } guest ? null : new
    {
        GuestSize = guest.Bytes,
        LostSize = previewed.LostSize?.Bytes,
        previewed.GuestNode,
        Areas = previewed.Areas.Select(area => new { area.Name, Offset = area.Offset.Bytes, Size = area.Size.Bytes }),
    };

    /// <summary>What a device of this machine holds, as far as this program may read it.</summary>
    public static string Content(NvdimmDevice device)
    {
        var survey = new ContentProbe().Survey(device, []);
        return survey.UnreadableReason is { } reason ? $"could not be read: {reason}"
            : survey.IsBlank ? "nothing: it is blank"
            : survey.Found.Count == 0 ? "bytes of no known format"
            : string.Join("; ", survey.Found);
    }

    /// <summary>What the ledger has noted of a device.</summary>
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

    /// <summary>Whether a VM can get a device, or has it.</summary>
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

    /// <summary>A device as a VM can choose it, or why it cannot.</summary>
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

    /// <summary>Everything that speaks against an attachment, each once.</summary>
    public static IEnumerable<object> Findings(AttachmentPreview preview) =>
        preview.Violations.Concat(preview.Devices.SelectMany(previewed => previewed.Findings)).Distinct().Select(Finding);

    /// <summary>Whether something may be done, and what speaks against it.</summary>
    public static object Verdict(ValueList<Finding> findings) =>
        new { IsAllowed = findings.All(finding => finding.Severity != Severity.Error), Findings = findings.Select(Finding) };

    /// <summary>A finding with its text.</summary>
    public static object Finding(Finding finding) => new { finding.Code, Severity = finding.Severity.ToString().ToLowerInvariant(), finding.Message };

    private static object Vm(VmParts vm) => new { vm.Id, vm.Name, vm.Row.Status };
}
