namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>The kind of an object of a listing.</summary>
internal enum ObjectKind
{
    Unknown,
    Platform,
    Bus,
    Region,
    Namespace,
    Dimm,

    /// <summary>A region or device that <c>daxctl list</c> prints.</summary>
    Daxctl,

    /// <summary>Any object that <c>cxl list</c> prints.</summary>
    Cxl,
}
