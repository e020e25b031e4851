namespace Nvdimm.Hook.Points;

/// <summary>The work at one hook point of VDSM or one operation of libvirt.</summary>
internal interface IHookPoint
{
    /// <summary>
    /// The exit status on failure: <see cref="ExitStatus.Refused"/> before an operation, <see cref="ExitStatus.Failed"/> after it.
    /// </summary>
    int FailureStatus { get; }

    /// <summary>Handles this hook point.</summary>
    /// <returns>The findings and the changes. An error among the findings ends the hook with <see cref="FailureStatus"/>.</returns>
    HookResult Run(HookContext context);
}
