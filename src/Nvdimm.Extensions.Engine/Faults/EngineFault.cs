using System.Net;

namespace Nvdimm.Extensions.Engine.Faults;

/// <summary>A refusal as the engine's API answers it.</summary>
/// <param name="Status">The status: 400 or 409 for a refused operation.</param>
/// <param name="Reason">The reason: <c>Operation Failed</c> for a refused operation.</param>
/// <param name="Detail">The texts of all violations as a printed list: <c>[Cannot add Host devices. VM must be pinned to a host.]</c>.</param>
public sealed record EngineFault(HttpStatusCode Status, string Reason, string Detail)
{
    /// <summary>The reason of a refused operation (oVirt Engine 4.5, <c>BackendResource</c>).</summary>
    public const string OperationFailed = "Operation Failed";

    /// <summary>
    /// The fault of an external event whose origin and custom id another event has (oVirt Engine 4.5, <c>AddExternalEventCommand</c>,
    /// ACTION_TYPE_FAILED_EXTERNAL_EVENT_DUPLICATE_CUSTOM_ID).
    /// </summary>
    public static EngineFault DuplicateEvent { get; } =
        new(HttpStatusCode.BadRequest, OperationFailed, $"[Cannot add External Event. {DuplicateEventText}]");

    private const string DuplicateEventText = "External Event with this custom id already exists.";

    /// <summary>Whether a detail says that another event has the origin and the custom id.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="detail"/> is null.</exception>
    public static bool IsDuplicateEvent(string detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        return detail.Contains(DuplicateEventText, StringComparison.Ordinal);
    }

    /// <summary>
    /// The fault of a refusal: every violation that refuses, in their order; of several kinds 400 beats 409, as in the engine.
    /// </summary>
    /// <param name="violations">The violations. Warnings among them are left out.</param>
    /// <exception cref="ArgumentNullException"><paramref name="violations"/> is null.</exception>
    /// <exception cref="ArgumentException">None of them refuses.</exception>
    public static EngineFault Of(IEnumerable<Finding> violations)
    {
        ArgumentNullException.ThrowIfNull(violations);
        var errors = violations.Where(violation => violation.Severity == Severity.Error).ToArray();
        if (errors.Length == 0)
        {
            throw new ArgumentException("Nothing refuses", nameof(violations));
        }

        var isBad = errors.Any(error => FaultClasses.Of(error.Code) == FaultClass.BadParameters);
        var texts = errors.Select(error => error.Message).Distinct(StringComparer.Ordinal);
        return new EngineFault(isBad ? HttpStatusCode.BadRequest : HttpStatusCode.Conflict, OperationFailed, $"[{string.Join(", ", texts)}]");
    }
}
