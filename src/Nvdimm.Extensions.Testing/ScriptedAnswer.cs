using System.Net;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Engine.Faults;

namespace Nvdimm.Extensions.Testing;

/// <summary>What <see cref="InMemoryEngine"/> does with a call, for <see cref="InMemoryEngine.Script"/>.</summary>
public sealed class ScriptedAnswer
{
    private readonly OvirtFailure? failure;
    private readonly string detail;
    private readonly EngineFault? fault;

    private ScriptedAnswer(OvirtFailure? failure, string detail, EngineFault? fault = null) => (this.failure, this.detail, this.fault) = (failure, detail, fault);

    /// <summary>The change is made, and the answer is lost: <see cref="OvirtFailure.Interrupted"/>.</summary>
    public static ScriptedAnswer Lost { get; } = new(OvirtFailure.Interrupted, "the connection broke while the engine answered") { IsDone = true };

    /// <summary>Nothing is changed, and no answer comes in time: <see cref="OvirtFailure.TimedOut"/>.</summary>
    public static ScriptedAnswer TimedOut { get; } = new(OvirtFailure.TimedOut, "no whole answer within 30 seconds");

    /// <summary>Nothing is changed: the engine cannot be reached, <see cref="OvirtFailure.NotReached"/>.</summary>
    public static ScriptedAnswer NotReached { get; } = new(OvirtFailure.NotReached, "Connection refused");

    /// <summary>Nothing is changed: the engine fails with the status 500, <see cref="OvirtFailure.ServerFailed"/>.</summary>
    public static ScriptedAnswer Failed { get; } = new(OvirtFailure.ServerFailed, "the engine answered 500", new EngineFault(HttpStatusCode.InternalServerError, "", ""));

    /// <summary>Whether the engine does what was asked for, whatever it answers.</summary>
    internal bool IsDone { get; private init; }

    /// <summary>How long the answer takes.</summary>
    internal TimeSpan Delay { get; private init; }

    /// <summary>Nothing is changed: the engine refuses with these reasons, and with the status that it gives them: 409 for most.</summary>
    /// <exception cref="ArgumentException">None of the reasons is an error.</exception>
    public static ScriptedAnswer Refused(params IReadOnlyCollection<Finding> reasons)
    {
        var refusal = EngineFault.Of(reasons);
        return new(OvirtFailure.Refused, refusal.Detail, refusal);
    }

    /// <summary>The engine does what was asked for and answers, after a while.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is below zero.</exception>
    public static ScriptedAnswer After(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return new(failure: null, "") { IsDone = true, Delay = delay };
    }

    /// <summary>The failure that the caller sees; null where the answer comes.</summary>
    internal OvirtException? FailureOf(EngineCall call) => failure is not { } kind ? null : fault is null
        ? new OvirtException(call.ToString(), kind, detail)
        : new OvirtException(call.ToString(), kind, detail) { Status = fault.Status, Reason = fault.Reason.Length == 0 ? null : fault.Reason };
}
