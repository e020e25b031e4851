using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Page;

/// <summary>
/// The services that the page asks, for what the engine's API cannot express: the state and layout of devices, previews, changes by the
/// rules, and the audit. The format is JSON with lower-case names with underscores; sizes and offsets are in bytes. A refusal has the form
/// of the API's faults.
/// </summary>
internal static class PageServices
{
    /// <summary>The path of the services: below that of the engine, so that the page asks its own origin.</summary>
    public const string Path = "/ovirt-engine/services/host-devices";

    /// <summary>The largest number of devices of one request.</summary>
    private const int MostDevices = 256;

    private const string Json = "application/json";

    /// <summary>Adds the services. The container has an <see cref="IPageEngine"/> for each request.</summary>
    /// <param name="routes">The routes of the program.</param>
    /// <param name="about">What the page is told about this server before a login.</param>
    public static void MapPageServices(this IEndpointRouteBuilder routes, AboutAnswer about)
    {
        var services = routes.MapGroup(Path);
        RequestDelegate tell = context => WriteAsync(context, about, PageJson.Default.AboutAnswer);
        services.MapGet("/", tell).AllowAnonymous();
        services.MapAnswer("GET", "/hosts/{host}", PageJson.Default.HostAnswer, HostAsync);
        services.MapAnswer("GET", "/hosts/{host}/devices/{device}", PageJson.Default.DeviceViewAnswer, DeviceAsync);
        services.MapAnswer("GET", "/vms/{vm}", PageJson.Default.VmViewAnswer, VmAsync);
        services.MapAnswer("GET", "/vms/{vm}/choices", PageJson.Default.ChoicesAnswer, ChoicesAsync);
        services.MapAnswer("GET", "/vms/{vm}/preview", PageJson.Default.PreviewAnswer, PreviewAsync);
        services.MapAnswer("POST", "/vms/{vm}/devices", PageJson.Default.DoneAnswer, AttachAsync);
        services.MapAnswer("DELETE", "/vms/{vm}/devices/{device}", PageJson.Default.DoneAnswer, DetachAsync);
        services.MapAnswer("GET", "/audit", PageJson.Default.AuditAnswer, AuditAsync);
    }

    /// <summary>Answers with a fault.</summary>
    public static Task WriteFaultAsync(HttpContext context, PageFaultException refused)
    {
        context.Response.StatusCode = (int)refused.Fault.Status;
        return WriteAsync(context, new FaultAnswer(refused.Fault.Detail, refused.Fault.Reason), PageJson.Default.FaultAnswer);
    }

    private static void MapAnswer<T>(
        this IEndpointRouteBuilder routes,
        string method,
        string pattern,
        JsonTypeInfo<T> type,
        Func<HttpContext, IPageEngine, CancellationToken, Task<T>> answer)
    {
        RequestDelegate handler = async context =>
        {
            PageFaultException fault;
            try
            {
                var engine = context.RequestServices.GetRequiredService<IPageEngine>();
                await WriteAsync(context, await answer(context, engine, context.RequestAborted), type);
                return;
            }
            catch (PageFaultException refused)
            {
                fault = refused;
            }

            await WriteFaultAsync(context, fault);
        };
        routes.MapMethods(pattern, [method], handler);
    }

    private static async Task<HostAnswer> HostAsync(HttpContext context, IPageEngine engine, CancellationToken cancellationToken)
    {
        var id = Segment(context, "host");
        var facts = await engine.HostAsync(id, cancellationToken) ?? throw PageFaultException.NotFound("host", id);
        return new HostAnswer(facts.Host.Id, facts.Host.Name)
        {
            Address = facts.Host.Address,
            Status = facts.Status,
            Architecture = facts.Architecture.Name,
            NumaNodes = [.. facts.Nvdimms.Select(device => device.NumaNode).OfType<int>().Distinct().Order()],
            Regions =
            [
                .. engine.RegionsOf(facts).Select(region =>
                    new RegionAnswer(region.Name, region.Size.Bytes, region.Available.Bytes, region.Devices)),
            ],
            Categories =
            [
                .. facts.Listings.Select(listing => new CategoryAnswer(
                    listing.Capability,
                    facts.TitleOf(listing.Capability),
                    listing.IsComplete,
                    PageViews.Findings(listing.Findings),
                    [
                        .. facts.Devices.Where(device => device.Device.Capability == listing.Capability)
                            .Select(device => PageViews.Device(facts, device)),
                    ])),
            ],
        };
    }

    private static async Task<DeviceViewAnswer> DeviceAsync(HttpContext context, IPageEngine engine, CancellationToken cancellationToken)
    {
        var (id, name) = (Segment(context, "host"), Segment(context, "device"));
        var facts = await engine.HostAndVmsAsync(id, cancellationToken)
            ?? throw PageFaultException.NotFound("host", id);
        var available = facts.Find(name) ?? throw PageFaultException.NotFound("host device", name);
        var history = engine.HistoryOf(facts, available.Device);
        return new DeviceViewAnswer(new NameAnswer(facts.Host.Id, facts.Host.Name), PageViews.Device(facts, available))
        {
            Xml = facts.LayoutOf(available.Device)?.Xml,
            Content = history?.Content,
            Record = history?.Record,
            RecordProblem = history?.Problem,
            Events = history?.Events,
            Places = [.. facts.Vms.Select(vm => PageViews.Place(facts, available.Device, vm))],
        };
    }

    private static async Task<VmViewAnswer> VmAsync(HttpContext context, IPageEngine engine, CancellationToken cancellationToken)
    {
        var (vm, facts, choices) = await FindVmAsync(context, engine, cancellationToken);
        var detach = vm.Status == VmStatus.Down ? HostDeviceOperation.Detach : HostDeviceOperation.HotUnplug;
        return new VmViewAnswer(vm.Id, vm.Name)
        {
            Architecture = vm.Architecture.Name,
            NumaNodes = vm.NumaNodes.Count,
            Host = facts is null ? null : new NameAnswer(facts.Host.Id, facts.Host.Name),
            Start = PageViews.Verdict(facts?.Check(vm, HostDeviceOperation.Start) ?? []),
            Devices =
            [
                .. vm.HostDevices.Select(attached => new AttachmentAnswer(
                    attached.Name,
                    facts?.Find(attached.Name) is { } device ? PageViews.Device(facts, device) : null,
                    PageViews.Verdict(facts?.Check(vm, detach, attached.Name) ?? []))),
            ],
            PinChoices = [.. choices.Select(host => new NameAnswer(host.Id, host.Name))],
        };
    }

    private static async Task<ChoicesAnswer> ChoicesAsync(HttpContext context, IPageEngine engine, CancellationToken cancellationToken)
    {
        var (vm, facts, _) = await FindVmAsync(context, engine, cancellationToken);
        return new ChoicesAnswer(
            PageViews.Findings(facts?.RefusalsOfAll(vm) ?? []),
            [.. facts?.Devices.Select(device => PageViews.Choice(facts, device, vm)) ?? []]);
    }

    private static async Task<PreviewAnswer> PreviewAsync(HttpContext context, IPageEngine engine, CancellationToken cancellationToken)
    {
        var names = Devices(context.Request.Query["device"].OfType<string>());
        var preview = await engine.PreviewAsync(Segment(context, "vm"), names, cancellationToken);
        return new PreviewAnswer(
            preview.IsAllowed,
            PageViews.Findings(preview),
            [
                .. preview.Devices.Select(previewed => new PreviewedAnswer(
                    previewed.Device.Name, previewed.Device.Size?.Bytes, PageViews.Layout(previewed), previewed.Xml)),
            ]);
    }

    private static async Task<DoneAnswer> AttachAsync(HttpContext context, IPageEngine engine, CancellationToken cancellationToken)
    {
        DevicesBody? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync(context.Request.Body, PageJson.Default.DevicesBody, cancellationToken);
        }
        catch (JsonException)
        {
            throw PageFaultException.Of(HttpStatusCode.BadRequest, "The body is not JSON such as {\"devices\": [\"namespace0.0\"]}.");
        }

        var devices = Devices(body?.Devices ?? []);
        await engine.AttachAsync(Segment(context, "vm"), devices, cancellationToken);
        return new DoneAnswer(devices);
    }

    private static async Task<DoneAnswer> DetachAsync(HttpContext context, IPageEngine engine, CancellationToken cancellationToken)
    {
        var device = Segment(context, "device");
        await engine.DetachAsync(Segment(context, "vm"), device, cancellationToken);
        return new DoneAnswer([device]);
    }

    private static async Task<AuditAnswer> AuditAsync(HttpContext context, IPageEngine engine, CancellationToken cancellationToken) =>
        new([.. (await engine.AuditAsync(cancellationToken)).Select(PageViews.Audit)]);

    private static async Task<VmFacts> FindVmAsync(HttpContext context, IPageEngine engine, CancellationToken cancellationToken)
    {
        var id = Segment(context, "vm");
        return await engine.VmAsync(id, cancellationToken) ?? throw PageFaultException.NotFound("VM", id);
    }

    private static string Segment(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    private static ValueList<string> Devices(IEnumerable<string> names)
    {
        var devices = names.ToValueList();
        return devices.Count is > 0 and <= MostDevices && devices.All(name => !string.IsNullOrEmpty(name))
            ? devices
            : throw PageFaultException.Of(HttpStatusCode.BadRequest, $"A request names 1 to {MostDevices} devices, not {devices.Count}.");
    }

    private static async Task WriteAsync<T>(HttpContext context, T answer, JsonTypeInfo<T> type)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, type);
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        context.Response.ContentType = Json;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
