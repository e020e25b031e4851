namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A part of a device, for drawing the device to scale.</summary>
/// <param name="Name">The use of the part: <c>guest</c>, <c>padding</c>, <c>label</c> or <c>unused</c>.</param>
/// <param name="Offset">The offset in bytes from the start of the device.</param>
/// <param name="Size">The size in bytes; above zero.</param>
public readonly record struct DeviceArea(string Name, ByteSize Offset, ByteSize Size);
