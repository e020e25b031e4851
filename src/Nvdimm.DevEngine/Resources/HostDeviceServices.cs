using System.Text.Json;
using Nvdimm.DevEngine.Hosts;
using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.DevEngine.Resources;

/// <summary>
/// What the engine's API has no words for, beside it: the attributes of devices, what is odd about them, who has them, and previews. The
/// page uses it. JSON with names in lower case with underscores; sizes are numbers of bytes.
/// </summary>
internal static class HostDeviceServices
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void Map(IEndpointRouteBuilder routes)
    {
        var services = routes.MapGroup($"{ApiPaths.Engine}/services/host-devices");
        services.MapGet("/hosts/{host}", HostAsync);
        services.MapGet("/vms/{vm}/preview", PreviewAsync);
    }

    private static async Task<IResult> HostAsync(string host, EngineDatabase database, HostDeviceCategories categories, CancellationToken cancellationToken)
    {
        var (found, vms) = database.Read(session => (session.Host(host), session.VmsPinnedTo(host)));
        var listings = await categories.ListAsync(found.Reference, cancellationToken);
        return Json(new
        {
            found.Id,
            found.Name,
            Categories = listings.Select(listing => new
            {
                listing.Capability,
                categories.Find(listing.Capability)!.Title,
                listing.IsComplete,
                Findings = listing.Findings.Select(Finding),
                Devices = listing.Devices.Select(device => Device(device, vms, isHere: found.Source == HostSources.Machine)),
            }),
        });
    }

    private static async Task<IResult> PreviewAsync(string vm, string? device, HostDeviceDesk desk, CancellationToken cancellationToken)
    {
        var preview = await desk.PreviewAsync(vm, device ?? throw ApiFaultException.Incomplete("Preview", "device", "get"), cancellationToken);
        return Json(new
        {
            preview.IsAllowed,
            Attach = Verdict(preview.Attach),
            Start = Verdict(preview.Start),
            Devices = preview.Devices.Select(previewed => new
            {
                previewed.Device.Name,
                Size = previewed.Device.Size?.Bytes,
                GuestSize = previewed.GuestSize?.Bytes,
                LostSize = previewed.LostSize?.Bytes,
                previewed.GuestNode,
                Areas = previewed.Areas.Select(area => new { area.Name, Offset = area.Offset.Bytes, Size = area.Size.Bytes }),
                previewed.Xml,
                Findings = previewed.Findings.Select(Finding),
            }),
        });
    }

    private static object Device(HostDevice device, IReadOnlyList<VmParts> vms, bool isHere) => new
    {
        Id = HostDeviceId.FromName(device.Name),
        device.Name,
        device.Identity,
        Size = device.Size?.Bytes,
        device.IsUsable,
        Details = device.Details.Concat(isHere ? Content(device) : []).Select(detail => new { detail.Name, detail.Value }),
        Findings = device.Findings.Select(Finding),
        Vms = vms.Where(vm => vm.HostDevices.Any(attached => attached.Capability == device.Capability && attached.Name == device.Name))
            .Select(vm => new { vm.Id, vm.Name, Status = vm.Row.Status }),
    };

    /// <summary>What a device of this machine holds, where this program may read it; a blank one holds nothing.</summary>
    private static IEnumerable<HostDeviceDetail> Content(HostDevice device) =>
        device is NvdimmHostDevice { Namespace: { Path: not null } space } && new ContentProbe().Survey(space, []) is { IsReadable: true, IsBlank: false } survey
            ? [new HostDeviceDetail("content", survey.Found.Count == 0 ? "bytes of no known format" : string.Join("; ", survey.Found))]
            : [];

    private static object Verdict(PolicyVerdict verdict) => new { verdict.IsAllowed, Findings = verdict.Violations.Select(Finding) };

    private static object Finding(Finding finding) => new { finding.Code, Severity = finding.Severity.ToString().ToLowerInvariant(), finding.Message };

    private static IResult Json(object value) => Results.Text(JsonSerializer.Serialize(value, Names), ApiJson.MediaType);
}
