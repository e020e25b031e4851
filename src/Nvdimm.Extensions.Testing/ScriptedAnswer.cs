using System.Net;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Engine.Faults;

namespace Nvdimm.Extensions.Testing;

/// <summary>
/// How <see cref="InMemoryEngine"/> handles a call, for <see cref="InMemoryEngine.Script"/>. Immutable; safe for use by several threads.
/// </summary>
public sealed class ScriptedAnswer
{
    private readonly OvirtFailure? failure;
    private readonly string detail;
    private readonly EngineFault? fault;

    private ScriptedAnswer(OvirtFailure? failure, string detail, EngineFault? fault = null) =>
        (this.failure, this.detail, this.fault) = (failure, detail, fault);

    /// <summary>The engine makes the change, and the answer is lost: <see cref="OvirtFailure.Interrupted"/>.</summary>
    public static ScriptedAnswer Lost { get; } =
        new(OvirtFailure.Interrupted, "the connection broke while the engine answered") { IsDone = true };

    /// <summary>The engine changes nothing, and does not answer in time: <see cref="OvirtFailure.TimedOut"/>.</summary>
    public static ScriptedAnswer TimedOut { get; } = new(OvirtFailure.TimedOut, "no whole answer within 30 seconds");

    /// <summary>The engine cannot be reached and changes nothing: <see cref="OvirtFailure.NotReached"/>.</summary>
    public static ScriptedAnswer NotReached { get; } = new(OvirtFailure.NotReached, "Connection refused");

    /// <summary>The engine changes nothing and fails with the status 500: <see cref="OvirtFailure.ServerFailed"/>.</summary>
    public static ScriptedAnswer Failed { get; } =
        new(OvirtFailure.ServerFailed, "the engine answered 500", new EngineFault(HttpStatusCode.InternalServerError, "", ""));

    /// <summary>Whether the engine performs the call, whatever it answers.</summary>
    internal bool IsDone { get; private init; }

    /// <summary>The delay before the answer.</summary>
    internal TimeSpan Delay { get; private init; }

    /// <summary>The engine changes nothing and refuses with these reasons, and with the HTTP status that they give: 409 for most.</summary>
    /// <exception cref="ArgumentException">No reason is an error.</exception>
    public static ScriptedAnswer Refused(params IReadOnlyCollection<Finding> reasons)
    {
        var refusal = EngineFault.Of(reasons);
        return new(OvirtFailure.Refused, refusal.Detail, refusal);
    }

    /// <summary>The engine performs the call, and answers after a delay.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is below zero.</exception>
    public static ScriptedAnswer After(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return new(failure: null, "") { IsDone = true, Delay = delay };
    }

    /// <summary>The failure that the caller gets; null if the engine answers.</summary>
    internal OvirtException? FailureOf(EngineCall call) => failure is not { } kind ? null : fault is null
        ? new OvirtException(call.ToString(), kind, detail)
        : new OvirtException(call.ToString(), kind, detail)
        {
            Status = fault.Status,
            Reason = fault.Reason.Length == 0 ? null : fault.Reason,
        };
}
