namespace Nvdimm.Extensions.Ndctl;

/// <summary>The kind of value at the top of a listing.</summary>
public enum NdctlListingShape
{
    /// <summary>Nothing: ndctl prints nothing if there is nothing to list.</summary>
    Empty,

    /// <summary>An array of namespaces, as <c>ndctl list -N</c> prints it. VDSM reads no other shape.</summary>
    Namespaces,

    /// <summary>An array of buses or regions with namespaces inside (<c>-B</c>, <c>-R</c>, <c>-vv</c>).</summary>
    Nested,

    /// <summary>A single object: one entry listed with <c>-u</c>, or <c>{"regions":[…]}</c>.</summary>
    SingleObject,
}
