namespace Nvdimm.Attack.Tests.Faults;

/// <summary>One fault: the N-th system call of a name in a thread fails, or the process is killed as it begins.</summary>
/// <param name="Call">The system call, such as <c>openat</c>.</param>
/// <param name="Occurrence">Which one of its name in its thread, from 1.</param>
/// <param name="Error">The error, such as <c>EIO</c>; null for SIGKILL.</param>
internal sealed record Fault(string Call, int Occurrence, string? Error)
{
    /// <summary>Whether the process is killed.</summary>
    public bool IsKill => Error is null;

    /// <summary>The expression for <c>strace -e</c>.</summary>
    public string Expression => $"inject={Call}:{(Error is null ? "signal=KILL" : $"error={Error}")}:when={Occurrence}";

    public override string ToString() => $"{Call} #{Occurrence} {Error ?? "KILL"}";
}
