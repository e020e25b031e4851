using System.Text.Json;
using Nvdimm.DevEngine.Hosts;
using Nvdimm.DevEngine.Nvdimms;
using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.DevEngine.Resources;

/// <summary>
/// Services beside the API, for what the engine's API cannot express: the state, layout and history of devices, previews, and the effects
/// of a detach. The page uses them. They change nothing. The format is JSON with lower-case names with underscores; sizes and offsets are
/// in bytes.
/// </summary>
internal static class HostDeviceServices
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void Map(IEndpointRouteBuilder routes)
    {
        var services = routes.MapGroup($"{ApiPaths.Engine}/services/host-devices");
        services.MapGet("/hosts/{host}", HostAsync);
        services.MapGet("/hosts/{host}/devices/{device}", DeviceAsync);
        services.MapGet("/vms/{vm}", VmAsync);
        services.MapGet("/vms/{vm}/choices", ChoicesAsync);
        services.MapGet("/vms/{vm}/preview", PreviewAsync);
    }

    private static async Task<IResult> HostAsync(
        string host, HostListingReader survey, HostDeviceCategories categories, MemoryRegions regions, CancellationToken cancellationToken)
    {
        var facts = await survey.HostAsync(host, cancellationToken);
        return Json(new
        {
            facts.Host.Id,
            facts.Host.Name,
            facts.Host.Address,
            facts.Host.Status,
            facts.Architecture,
            NumaNodes = facts.Nvdimms.Select(device => device.NumaNode).OfType<int>().Distinct().Order(),
            Regions = regions.Read(facts.Host, facts.Nvdimms).Select(region => new
            {
                region.Name,
                Size = region.Size.Bytes,
                Available = region.Available.Bytes,
                region.Devices,
            }),
            Categories = facts.Listings.Select(listing => new
            {
                listing.Capability,
                categories.Find(listing.Capability)!.Title,
                listing.IsComplete,
                Findings = listing.Findings.Select(HostDeviceViews.Finding),
                Devices = facts.Devices.Where(device => device.Device.Capability == listing.Capability)
                    .Select(device => HostDeviceViews.Device(facts, device)),
            }),
        });
    }

    private static async Task<IResult> DeviceAsync(
        string host, string device, HostListingReader survey, DeviceHistory history, CancellationToken cancellationToken)
    {
        var facts = await survey.HostAndAllVmsAsync(host, cancellationToken);
        var availability = facts.Device(device);
        var local = facts.Host.Source == HostSources.Machine ? (availability.Device as NvdimmHostDevice)?.Namespace : null;
        var (record, problem) = local is null ? (null, null) : history.Of(local);
        return Json(new
        {
            Host = new { facts.Host.Id, facts.Host.Name },
            Device = HostDeviceViews.Device(facts, availability),
            facts.LayoutOf(availability.Device)?.Xml,
            Content = local is { Path: not null } ? HostDeviceViews.Content(local) : null,
            Record = record is null ? null : HostDeviceViews.Record(record),
            RecordProblem = problem,
            Events = survey.EventsOf(facts.Host, availability.Device).Select(entry => new { entry.Time, entry.Description }),
            Places = facts.Vms.Select(vm => HostDeviceViews.Place(facts, availability.Device, vm)),
        });
    }

    private static async Task<IResult> VmAsync(string vm, HostListingReader survey, CancellationToken cancellationToken)
    {
        var (parts, facts) = await survey.VmAsync(vm, cancellationToken);
        var detach = parts.Status == VmStatus.Down ? HostDeviceOperation.Detach : HostDeviceOperation.HotUnplug;
        return Json(new
        {
            parts.Id,
            parts.Name,
            parts.Cluster.Architecture,
            NumaNodes = parts.StartNodes.Count,
            Host = facts is null ? null : new { facts.Host.Id, facts.Host.Name },
            Start = HostDeviceViews.Verdict(facts?.Check(parts, HostDeviceOperation.Start) ?? []),
            Devices = parts.HostDevices.Select(attached => new
            {
                attached.Name,
                Device = facts?.Find(attached.Name) is { } device ? HostDeviceViews.Device(facts, device) : null,
                Detach = HostDeviceViews.Verdict(facts?.Check(parts, detach, attached.Name) ?? []),
            }),
            PinChoices = facts is null ? survey.HostsFor(parts).Select(host => new { host.Id, host.Name }) : [],
        });
    }

    private static async Task<IResult> ChoicesAsync(string vm, HostListingReader survey, CancellationToken cancellationToken)
    {
        var (parts, facts) = await survey.VmAsync(vm, cancellationToken);
        return Json(new
        {
            Own = (facts?.RefusalsOfAll(parts) ?? []).Select(HostDeviceViews.Finding),
            Devices = facts?.Devices.Select(device => HostDeviceViews.Choice(facts, device, parts)) ?? [],
        });
    }

    private static async Task<IResult> PreviewAsync(
        string vm, string[]? device, HostDeviceOperations operations, CancellationToken cancellationToken)
    {
        var names = device is { Length: > 0 } ? device.ToValueList() : throw ApiFaultException.Incomplete("Preview", "device", "get");
        var preview = await operations.PreviewAsync(vm, names, cancellationToken);
        return Json(new
        {
            preview.IsAllowed,
            Findings = HostDeviceViews.Findings(preview),
            Devices = preview.Devices.Select(previewed => new
            {
                previewed.Device.Name,
                Size = previewed.Device.Size?.Bytes,
                Layout = HostDeviceViews.Layout(previewed),
                previewed.Xml,
            }),
        });
    }

    private static IResult Json(object value) => Results.Text(JsonSerializer.Serialize(value, Names), ApiJson.MediaType);
}
