using System.Text.Json;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Engine.Categories;

namespace Nvdimm.Page;

/// <summary>Makes the answers about devices, layouts and verdicts.</summary>
internal static class PageViews
{
    /// <summary>A device with its state, its owners, and the layout that its owner has or that a new VM would get.</summary>
    public static DeviceAnswer Device(HostFacts facts, HostDeviceAvailability available)
    {
        var device = available.Device;
        return new DeviceAnswer(HostDeviceId.FromName(device.Name), device.Name)
        {
            Identity = device.Identity,
            Size = device.Size?.Bytes,
            State = Word(available.State),
            StateText = available.Text,
            Reasons = Findings(available.Reasons),
            Details = [.. device.Details.Select(detail => new DetailAnswer(detail.Name, detail.Value))],
            Findings = Findings(device.Findings),
            Vms = [.. facts.Vms.Where(vm => facts.Has(vm, device)).Select(Vm)],
            Layout = Layout(facts.LayoutOf(device)),
        };
    }

    /// <summary>The size that the guest sees and the place of each area; null if the layout is refused.</summary>
    public static LayoutAnswer? Layout(PreviewedDevice? previewed) => previewed?.GuestSize is not { } guest ? null : new LayoutAnswer(
        guest.Bytes,
        previewed.LostSize?.Bytes,
        previewed.GuestNode,
        [.. previewed.Areas.Select(area => new AreaAnswer(area.Name, area.Offset.Bytes, area.Size.Bytes))]);

    /// <summary>Whether a VM has a device, or can get it.</summary>
    public static PlaceAnswer Place(HostFacts facts, HostDevice device, ManagedVm vm)
    {
        var preview = facts.Preview(device, vm);
        return new PlaceAnswer(
            Vm(vm), [.. vm.PinnedHosts.Select(pin => pin.Name)], facts.Has(vm, device), preview.IsAllowed, Findings(preview));
    }

    /// <summary>A device that a VM can choose, or the reason why it cannot.</summary>
    public static ChoiceAnswer Choice(HostFacts facts, HostDeviceAvailability available, ManagedVm vm)
    {
        var preview = facts.Preview(available.Device, vm);
        return new ChoiceAnswer(
            Device(facts, available),
            facts.Has(vm, available.Device),
            preview.IsAllowed,
            Findings(preview),
            Layout(preview.Devices is [var previewed, ..] ? previewed : null));
    }

    /// <summary>The findings against an attachment, each once.</summary>
    public static IReadOnlyList<FindingAnswer> Findings(AttachmentPreview preview) =>
        Findings(preview.Findings.Concat(preview.Devices.SelectMany(previewed => previewed.Findings)).Distinct());

    /// <summary>Findings with their texts.</summary>
    public static IReadOnlyList<FindingAnswer> Findings(IEnumerable<Finding> findings) => [.. findings.Select(Finding)];

    /// <summary>Whether an operation is allowed, and the findings against it.</summary>
    public static VerdictAnswer Verdict(ValueList<Finding> findings) =>
        new(findings.All(finding => finding.Severity != Severity.Error), Findings(findings));

    /// <summary>A finding of an audit.</summary>
    public static AuditFindingAnswer Audit(AuditFinding found) => new(
        Finding(found.Finding), found.Host is null ? null : new NameAnswer(found.Host.Id, found.Host.Name), found.VmId, found.Device);

    private static FindingAnswer Finding(Finding finding) =>
        new(finding.Code, finding.Severity.ToString().ToLowerInvariant(), finding.Message);

    private static VmAnswer Vm(ManagedVm vm) => new(vm.Id, vm.Name, Word(vm.Status));

    /// <summary>The API's word of a value: its name in lower case with underscores.</summary>
    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{value}");
}
