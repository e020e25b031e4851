using System.Net;

namespace Nvdimm.Extensions.Engine.Faults;

/// <summary>A refusal as the engine's API returns it.</summary>
/// <param name="Status">The HTTP status: 400 or 409 for a refused operation.</param>
/// <param name="Reason">The reason: <c>Operation Failed</c> for a refused operation.</param>
/// <param name="Detail">The texts of all findings as a list: <c>[Cannot add Host devices. VM must be pinned to a host.]</c>.</param>
public sealed record EngineFault(HttpStatusCode Status, string Reason, string Detail)
{
    /// <summary>The reason of a refused operation (oVirt Engine 4.5, <c>BackendResource</c>).</summary>
    public const string OperationFailed = "Operation Failed";

    /// <summary>
    /// The fault of an external event whose origin and custom id another event already has (oVirt Engine 4.5,
    /// <c>AddExternalEventCommand</c>, ACTION_TYPE_FAILED_EXTERNAL_EVENT_DUPLICATE_CUSTOM_ID).
    /// </summary>
    public static EngineFault DuplicateEvent { get; } =
        new(HttpStatusCode.BadRequest, OperationFailed, $"[Cannot add External Event. {DuplicateEventText}]");

    private const string DuplicateEventText = "External Event with this custom id already exists.";

    /// <summary>Whether a detail says that another event already has the origin and the custom id.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="detail"/> is null.</exception>
    public static bool IsDuplicateEvent(string detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        return detail.Contains(DuplicateEventText, StringComparison.Ordinal);
    }

    /// <summary>
    /// Creates the fault of a refusal with every finding that refuses, in order. If both 400 and 409 apply, it is 400, as in the engine.
    /// </summary>
    /// <param name="findings">The findings. Warnings are left out.</param>
    /// <exception cref="ArgumentNullException"><paramref name="findings"/> is null.</exception>
    /// <exception cref="ArgumentException">No finding refuses.</exception>
    public static EngineFault Of(IEnumerable<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var errors = findings.Where(finding => finding.Severity == Severity.Error).ToArray();
        if (errors.Length == 0)
        {
            throw new ArgumentException("Nothing refuses", nameof(findings));
        }

        var isBad = errors.Any(error => FaultClasses.Of(error.Code) == FaultClass.BadParameters);
        var texts = errors.Select(error => error.Message).Distinct(StringComparer.Ordinal);
        var status = isBad ? HttpStatusCode.BadRequest : HttpStatusCode.Conflict;
        return new EngineFault(status, OperationFailed, $"[{string.Join(", ", texts)}]");
    }
}
