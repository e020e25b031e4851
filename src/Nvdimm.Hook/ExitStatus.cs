namespace Nvdimm.Hook;

/// <summary>What VDSM makes of a hook's exit status (VDSM 4.5, <c>lib/vdsm/common/hooks.py</c>, <c>_runHooksDir</c>).</summary>
internal static class ExitStatus
{
    /// <summary>Good.</summary>
    public const int Good = 0;

    /// <summary>Failed; VDSM still runs the next script. For points after the fact, which cannot stop anything.</summary>
    public const int Failed = 1;

    /// <summary>Failed; VDSM runs no other script, and at a point that comes before something it does not happen.</summary>
    public const int Refused = 2;

    /// <summary>The command line is wrong. VDSM never makes one.</summary>
    public const int Usage = 64;
}
