using Nvdimm.Extensions.Serialization;

namespace Nvdimm.Extensions.Sizing;

/// <summary>Converts an architecture to and from its name.</summary>
internal sealed class GuestArchitectureTypeConverter() : ValueTypeConverter<GuestArchitecture>(architecture => architecture.Name);
