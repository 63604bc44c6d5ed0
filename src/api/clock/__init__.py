"""What happens because a day came: promises judged, resolvers reminded, steps taken."""
