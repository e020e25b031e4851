namespace Nvdimm.Extensions.Host.Hooks;

/// <summary>What becomes of memory that would be plugged where the guest cannot bring it online.</summary>
internal enum HotPlugReaction
{
    /// <summary>It is not plugged.</summary>
    Refuse,

    /// <summary>It is plugged at an address at which the guest can.</summary>
    Place,

    /// <summary>It is plugged all the same, and a line says so.</summary>
    Warn,
}
