using System.Globalization;
using Nvdimm.DevEngine.Fields;
using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Queries;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions.Engine.Faults;

namespace Nvdimm.DevEngine.Resources;

/// <summary>Events of the engine and of other systems (oVirt Engine 4.5, <c>BackendEventsResource</c>), newest first.</summary>
internal static class EventsResource
{
    private static readonly Dictionary<string, (long Code, string Word)> Severities = new(StringComparer.OrdinalIgnoreCase)
    {
        ["normal"] = (9801, "normal"),
        ["warning"] = (9802, "warning"),
        ["error"] = (9803, "error"),
        ["alert"] = (9804, "alert"),
    };

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapEntity("/events");
        api.MapEntity("/events/{event}");
        api.MapPost("/events", AddAsync);
    }

    public static ApiObject List(EngineSession session, IQueryCollection? query, TimeProvider time) => ApiObject.Collection(
        "events",
        "event",
        Listing.Found(
            slice => session.Events(Listing.Number(query, "from", 0), slice), naturalOrder: null, query,
            new SearchSchemas(session, time).Events).Select(View));

    public static ApiObject Find(EngineSession session, string id) =>
        View((long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? session.Event(number) : null)
            ?? throw ApiFaultException.NotFound("event", id));

    private static ApiObject View(EventRow entry)
    {
        var id = entry.Id.ToString(CultureInfo.InvariantCulture);
        return ApiObject.Reference("event", ApiPaths.Of("events", id), id)
            .Text("description", entry.Description)
            .Number("code", entry.Code)
            .Number("index", entry.Id)
            .Text("origin", entry.Origin)
            .Number("custom_id", entry.CustomId)
            .Text("correlation_id", entry.CorrelationId)
            .Number("flood_rate", 0)
            .Text("severity", entry.Severity)
            .Moment("time", DateTimeOffset.FromUnixTimeMilliseconds(entry.Time))
            .Child(entry.VmId is null ? null : VmsResource.Reference(entry.VmId))
            .Child(entry.HostId is null ? null : HostsResource.Reference(entry.HostId));
    }

    private static async Task<IResult> AddAsync(
        HttpRequest request, EngineDatabase database, Journal journal, CancellationToken cancellationToken)
    {
        var input = await ApiBody.ReadAsync(request, BodyFields.Event, cancellationToken);
        var origin = Required(input, "origin");
        var (code, severity) = Severities.TryGetValue(Required(input, "severity"), out var kind)
            ? kind
            : throw ApiFaultException.BadValue($"'{input.Text("severity")}' is no severity: one of {string.Join(", ", Severities.Keys)}.");
        var number = input.Number("custom_id") ?? throw Missing("custom_id");
        var description = Required(input, "description");
        if (origin.Equals("oVirt", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiFaultException.BadValue("The origin oVirt is the engine's own.");
        }

        return ApiAnswer.Created(
            database.Write(session => session.IsEvent(origin, number)
                ? throw new ApiFaultException(EngineFault.DuplicateEvent)
                : View(session.Add(new EventRow
                {
                    Code = code,
                    Severity = severity,
                    Description = description,
                    Origin = origin,
                    CustomId = number,
                    Time = journal.Now,
                    VmId = input.Text("vm", "id") is { } vm ? session.Vm(vm).Id : null,
                    HostId = input.Text("host", "id") is { } host ? session.Host(host).Id : null,
                }))),
            request);
    }

    private static string Required(ApiInput input, string name) => input.Limited(ApiInput.LongestText, name) ?? throw Missing(name);

    private static ApiFaultException Missing(string name) => ApiFaultException.Incomplete("Event", name, "add");
}
