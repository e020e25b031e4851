namespace Nvdimm.Extensions.Ndctl.Tests.Field;

/// <summary>A listing of the field, and what the parser has to say of it.</summary>
/// <param name="File">The file below <c>TestData/field/ndctl</c>, without <c>.json</c>.</param>
/// <param name="Source">The report, document or version that it was made after.</param>
/// <param name="Listing">The codes of the listing's own findings, without <c>NVDIMM_</c>, in their order.</param>
/// <param name="Devices">Each device in its order, as <see cref="FieldCaseTests"/> describes it, with the codes of its findings.</param>
public sealed record FieldCase(string File, string Source, string[] Listing, string[] Devices)
{
    /// <summary>The bytes of the file.</summary>
    public byte[] Bytes => System.IO.File.ReadAllBytes(Path.Combine(FieldCases.Folder, $"{File}.json"));

    /// <inheritdoc/>
    public override string ToString() => $"{File} ({Source})";
}
