namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>What an object of a listing is about.</summary>
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

    /// <summary>Anything that <c>cxl list</c> prints.</summary>
    Cxl,
}
