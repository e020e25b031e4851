namespace Nvdimm.Cli.Installation;

/// <summary>How a part of the hooks is on a host, or what was just done with it.</summary>
internal enum PartState
{
    /// <summary>It is there as it should be; nothing was done.</summary>
    Present,

    /// <summary>It was just put there.</summary>
    Installed,

    /// <summary>It was there in another version and was just replaced.</summary>
    Updated,

    /// <summary>It differs and belongs to the administrator: it stays as it is.</summary>
    Kept,

    /// <summary>It was just removed.</summary>
    Removed,

    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>Something else is in its place: that is never overwritten or removed.</summary>
    Foreign,

    /// <summary>It is there in another version, with permissions that do not do, or where VDSM does not get to it.</summary>
    Differs,
}
