namespace Nvdimm.Extensions.Ndctl;

/// <summary>What stands at the top of a listing.</summary>
public enum NdctlListingShape
{
    /// <summary>Nothing: ndctl prints no byte where there is nothing to list.</summary>
    Empty,

    /// <summary>An array of namespaces: what <c>ndctl list -N</c> prints, and the only shape that VDSM reads.</summary>
    Namespaces,

    /// <summary>An array of buses or regions with namespaces inside (<c>-B</c>, <c>-R</c>, <c>-vv</c>).</summary>
    Nested,

    /// <summary>A single object: one entry listed for people (<c>-u</c>), or <c>{"regions":[…]}</c>.</summary>
    SingleObject,
}
