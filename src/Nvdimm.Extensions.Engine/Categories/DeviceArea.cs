namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A part of a device, for a picture to scale.</summary>
/// <param name="Name">What it is for: <c>guest</c>, <c>padding</c>, <c>label</c> or <c>unused</c>.</param>
/// <param name="Offset">Where it starts, in bytes from the start of the device.</param>
/// <param name="Size">How long it is in bytes; above zero.</param>
public readonly record struct DeviceArea(string Name, ByteSize Offset, ByteSize Size);
