using Nvdimm.DevEngine.Storage;

namespace Nvdimm.DevEngine.Operations;

/// <summary>
/// Records events and jobs (numbers and texts of oVirt Engine 4.5, <c>AuditLogType</c> and <c>AuditLogMessages.properties</c>).
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="requests">The request, whose client may have named it: <c>Correlation-Id</c>.</param>
internal sealed class Journal(TimeProvider time, IHttpContextAccessor requests)
{
    private const long DevicesAdded = 10800;
    private const long DevicesRemoved = 10801;

    /// <summary>Now, in milliseconds since 1970.</summary>
    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Records an event of the engine itself.</summary>
    public EventRow AddEvent(
        EngineSession session, long code, string description, string? vm = null, string? host = null, string severity = "normal") =>
        session.Add(new EventRow
        {
            Code = code,
            Severity = severity,
            Description = description,
            Time = Now,
            VmId = vm,
            HostId = host,
            CorrelationId = CorrelationId,
        });

    /// <summary>Records the event of an attachment.</summary>
    public void AddAttachedEvent(EngineSession session, string device, VmParts vm, string user) => AddEvent(
        session, DevicesAdded, $"Host devices {device} were attached to Vm {vm.Name} by User {user}.", vm.Id, vm.Pins[0].Id);

    /// <summary>Records the event of a detachment.</summary>
    public void AddDetachedEvent(EngineSession session, string device, VmParts vm, string user) => AddEvent(
        session, DevicesRemoved, $"Host devices {device} were detached from Vm {vm.Name} by User {user}.", vm.Id,
        vm.Pins is [var host] ? host.Id : null);

    /// <summary>Whether an event records the attachment or detachment of a device.</summary>
    public static bool IsAboutDevice(EventRow entry, string device) =>
        entry.Code is DevicesAdded or DevicesRemoved
            && entry.Description.StartsWith($"Host devices {device} were ", StringComparison.Ordinal);

    /// <summary>Records a job that begins.</summary>
    public JobRow Begin(EngineSession session, string description, bool isExternal = false) => Add(session, new JobRow
    {
        Description = description,
        Status = "started",
        Started = Now,
        External = isExternal ? 1 : 0,
    });

    /// <summary>Records a job that was done at once.</summary>
    public JobRow AddFinishedJob(EngineSession session, string description)
    {
        var now = Now;
        return Add(session, new JobRow { Description = description, Status = "finished", Started = now, Ended = now });
    }

    private string? CorrelationId => requests.HttpContext?.Request is not { } request ? null
        : request.Headers["Correlation-Id"].ToString() is { Length: > 0 } header ? header
        : request.Query["correlation_id"].ToString() is { Length: > 0 } parameter ? parameter : null;

    private JobRow Add(EngineSession session, JobRow job)
    {
        var added = job with { Id = Ids.New(), CorrelationId = CorrelationId };
        session.Add(added);
        return added;
    }
}
