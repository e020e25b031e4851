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
}
