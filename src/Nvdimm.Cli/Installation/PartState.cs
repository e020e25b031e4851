namespace Nvdimm.Cli.Installation;

/// <summary>The state of a part of the hooks, or what was just done with it.</summary>
internal enum PartState
{
    /// <summary>The part is installed correctly; nothing was done.</summary>
    Present,

    /// <summary>The part was just installed.</summary>
    Installed,

    /// <summary>Another version was just replaced.</summary>
    Updated,

    /// <summary>The part differs and belongs to the administrator, so it was not changed.</summary>
    Kept,

    /// <summary>The part was just removed.</summary>
    Removed,

    /// <summary>The part is missing.</summary>
    Missing,

    /// <summary>Something foreign is in the place of the part. It is never overwritten or removed.</summary>
    Foreign,

    /// <summary>The part has another version or wrong permissions, or VDSM's user cannot reach it.</summary>
    Differs,
}
