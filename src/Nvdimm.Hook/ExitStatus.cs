namespace Nvdimm.Hook;

/// <summary>The exit statuses of a hook, as VDSM reads them (VDSM 4.5, <c>lib/vdsm/common/hooks.py</c>, <c>_runHooksDir</c>).</summary>
internal static class ExitStatus
{
    /// <summary>The hook succeeded.</summary>
    public const int Good = 0;

    /// <summary>The hook failed; VDSM still runs the next script. For points after an operation, which can no longer stop it.</summary>
    public const int Failed = 1;

    /// <summary>
    /// The hook failed; VDSM runs no further script. At a point before an operation, VDSM then does not start the operation.
    /// </summary>
    public const int Refused = 2;

    /// <summary>The command line is wrong. VDSM never calls a hook in a way that leads to this.</summary>
    public const int Usage = 64;
}
