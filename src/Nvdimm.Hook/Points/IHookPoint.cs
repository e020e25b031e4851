namespace Nvdimm.Hook.Points;

/// <summary>A hook point: what is done when VDSM or libvirt comes by.</summary>
internal interface IHookPoint
{
    /// <summary>The status where it goes wrong: <see cref="ExitStatus.Refused"/> before something, <see cref="ExitStatus.Failed"/> after it.</summary>
    int FailureStatus { get; }

    /// <summary>Does it.</summary>
    /// <returns>What was found. Errors end the hook with <see cref="FailureStatus"/>.</returns>
    HookResult Run(HookContext context);
}
